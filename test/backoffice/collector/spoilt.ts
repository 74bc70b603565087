import Database from 'better-sqlite3';

/** As a disk may spoil them: a row stays, and the end of its record is lost. */
export function spoil(ledgerFile: string, ...sequences: readonly number[]): void {
  const database = new Database(ledgerFile);
  const cut = database.prepare('UPDATE record SET bytes = substr(bytes, 1, 20) WHERE sequence = ?');
  for (const sequence of sequences) cut.run(sequence);
  database.close();
}
