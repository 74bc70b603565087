/** Soaks: long rounds (`npm run soak`), which say what they measured, and short ones among the other tests, which do not. */

export const IS_SOAK = process.env.TURA_SOAK !== undefined;

export function tellSoak(line: string): void {
  if (IS_SOAK) process.stdout.write(`${line}\n`);
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
