import { termsFrom } from '../../../src/backoffice/lists/terms.ts';
import { NOON } from '../../wire/list/lists.ts';

export const TERMS = termsFrom(NOON, { listId: 'tmn-stop-list', issuer: 'tmn', realm: 'test', version: 1 });
