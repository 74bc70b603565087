import type * as fc from 'fast-check';

/** What a parser is fed with, and what it must hold to. Made anew for each run. */
export type Target = () => fc.IRawProperty<unknown>;
