/** Counts, lengths of time and sizes as people say them. */

const SPANS: readonly (readonly [ms: number, one: string, many: string])[] = [
  [86_400_000, 'day', 'days'],
  [3_600_000, 'hour', 'hours'],
  [60_000, 'minute', 'minutes'],
  [1_000, 'second', 'seconds'],
];

/** `3 hours`: in the largest unit that it fills. */
export function spanText(ms: number): string {
  const [unit, one, many] = SPANS.find(([unit]) => ms >= unit) ?? [1_000, 'second', 'seconds'];
  return countText(Math.floor(Math.max(0, ms) / unit), one, many);
}

export function sizeText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes >= 1024 ? `${(mebibytes / 1024).toFixed(1)} GiB` : `${Math.floor(mebibytes)} MiB`;
}

export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
