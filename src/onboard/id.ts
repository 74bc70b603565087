import { z } from 'zod';

/** How a device file names what it lists: an id goes into records, paths and command lines. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected an id: letters, digits, . _ -');
