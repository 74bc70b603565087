/**
 * Who is examined: a machine, and the vehicle on it where a device file names one. What several checks want to know is
 * asked once, when the first of them asks.
 */
import type { Crypto } from '../../core/crypto.ts';
import type { Device } from '../device.ts';
import { inspectJournal, type JournalSeen } from '../journal/inspect.ts';
import type { PcscReader } from '../reader/pcsc/choose.ts';
import { type HealthNote, healthFile, readHealthNote } from '../service/health-note.ts';
import { homeOf, journalFile } from '../vehicle/fit-out.ts';
import type { DiskAnswer, PcscAnswer, System } from './system.ts';

export interface Machine {
  readonly system: System;
  readonly stateFolder: string;
  readonly serialPaths: readonly string[];
  /** What is read through PC/SC here; without a device file, any reader. */
  readonly doors: readonly PcscReader[] | 'any';
  readonly disk: () => Promise<DiskAnswer>;
  readonly readers: () => Promise<PcscAnswer>;
}

export interface Vehicle extends Machine {
  readonly device: Device;
  readonly crypto: Crypto;
  /** Throws `TuraError` where its journal may not be read. */
  readonly journal: () => JournalSeen;
  /** What a validator last said of itself here. */
  readonly note: () => Promise<HealthNote | undefined>;
}

export interface Patient {
  readonly machine: Machine;
  readonly vehicle: Vehicle | undefined;
}

export interface PatientOptions {
  readonly system: System;
  readonly crypto: Crypto;
  readonly stateFolder: string;
  readonly device: Device | undefined;
  /** Serial lines, besides those of the device. */
  readonly serialPaths: readonly string[];
}

export function patientOf({ system, crypto, stateFolder, device, serialPaths }: PatientOptions): Patient {
  const machine: Machine = {
    system,
    stateFolder,
    serialPaths,
    doors: device === undefined ? 'any' : doorsOf(device),
    disk: once(() => system.disk(stateFolder)),
    readers: once(() => system.readers()),
  };
  if (device === undefined) return { machine, vehicle: undefined };
  const journal = once(() => inspectJournal(journalFile(device, stateFolder), crypto));
  const note = once(() => readHealthNote(healthFile(homeOf(device, stateFolder))));
  return { machine, vehicle: { ...machine, device, crypto, journal, note } };
}

function doorsOf({ readers }: Device): readonly PcscReader[] {
  return readers.filter(({ kind }) => kind === 'pcsc').map(({ id, name = '' }) => ({ readerId: id, name }));
}

function once<Value>(ask: () => Value): () => Value {
  let answer: { readonly value: Value } | undefined;
  return () => {
    answer ??= { value: ask() };
    return answer.value;
  };
}
