/** The firmware's version, as it stands on every record. */
import manifest from '../../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

/** Replaced by scripts/build.ts. */
declare const TURA_BUILD: string | undefined;

/** Names this build; undefined when the source itself runs, which changes without changing its name. */
export const BUILD: string | undefined = typeof TURA_BUILD === 'undefined' ? undefined : TURA_BUILD;
