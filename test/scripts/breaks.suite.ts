/** A suite file that cannot be loaded. */
throw new Error('broken');
