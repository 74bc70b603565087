/** The kinds of reader that a command can be told to use. */
export const READER_KINDS = ['pcsc', 'simulated'] as const;
export type ReaderKind = (typeof READER_KINDS)[number];
