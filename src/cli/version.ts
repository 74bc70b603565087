/** The firmware's version, as it stands on every record. */
import manifest from '../../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;
