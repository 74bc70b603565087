/**
 * What stands in the PDF417 of an OMS policy: 130 bytes, in one of two forms (rules of Goznak and the federal fund for
 * the paper policy, types 01 and 02, 2011). It names a person: it is shown masked, and no record ever holds it. Whether
 * the fund signed it is not judged: its key is nobody's here.
 */
import { assert } from '../../error.ts';
import { dateOfDay, dayOfDate, type ServiceDate } from '../../time.ts';
import { beyondName, type NameLayout, nameBytes, type PersonName, readName } from './name.ts';
import { isPolicyNumber } from './number.ts';

export const SEXES = ['male', 'female'] as const;
export type Sex = (typeof SEXES)[number];

interface Insured extends PersonName {
  /** 16 digits, the last of which checks the others. */
  readonly number: string;
  readonly sex: Sex;
  /** Absent: not known. */
  readonly born?: ServiceDate | undefined;
  /** The last day; absent: no end. */
  readonly expiry?: ServiceDate | undefined;
  /** 65 bytes. */
  readonly signature: Uint8Array;
}

export type PolicyForm = Insured &
  (
    | {
        readonly type: 1;
        /** OGRN of the insurer: 13 digits. */
        readonly insurer: string;
        /** OKATO of the region: 5 digits. */
        readonly region: string;
      }
    | { readonly type: 2 }
  );

export type PolicyFormReading =
  | { readonly kind: 'form'; readonly form: PolicyForm }
  /** At which byte, and `what`, which repeats nothing of the person. */
  | { readonly kind: 'malformed'; readonly what: string; readonly at: number };

export const POLICY_FORM_BYTES = 130;
export const SIGNATURE_BYTES = 65;

interface Digits {
  readonly at: number;
  readonly bytes: number;
  readonly digits: number;
}

const NUMBER: Digits = { at: 1, bytes: 8, digits: 16 };
const INSURER: Digits = { at: 56, bytes: 6, digits: 13 };
const REGION: Digits = { at: 62, bytes: 3, digits: 5 };

/** The name stands here; sex, birth and expiry behind it. */
const NAME_AT = 9;
const NAMES: Readonly<Record<PolicyForm['type'], NameLayout>> = {
  1: { parts: ['given', 'family', 'patronymic'], bytes: 42, first: 'lowest' },
  2: { parts: ['family', 'given', 'patronymic'], bytes: 51, first: 'highest' },
};

/** Days are counted from here; that day itself says that there is none. */
const ZERO_DAY = dayOfDate(19000101 as ServiceDate);
const MAX_DAYS = 0xffff;

/** What of it cannot be written; undefined where all of it can. */
export function beyondPolicyForm(form: PolicyForm): string | undefined {
  const { number, born, expiry, signature, type } = form;
  if (!isPolicyNumber(number)) return WRONG_NUMBER;
  if (signature.length !== SIGNATURE_BYTES) return `a signature of ${signature.length} bytes`;
  const days = [born, expiry].flatMap(date => (date === undefined ? [] : [dayOfDate(date) - ZERO_DAY]));
  if (days.some(day => day < 1 || day > MAX_DAYS)) return 'a day before 1900-01-02 or after 2079-06-06';
  if (type === 1 && !/^\d{13}$/.test(form.insurer)) return 'an insurer that is not named by 13 digits';
  if (type === 1 && !/^\d{5}$/.test(form.region)) return 'a region that is not named by 5 digits';
  return beyondName(form, NAMES[type]);
}

const WRONG_NUMBER = 'a number whose last digit does not check the others';

/** Of what can be written (`beyondPolicyForm`). */
export function encodePolicyForm(form: PolicyForm): Uint8Array {
  const beyond = beyondPolicyForm(form);
  assert(beyond === undefined, `a policy is written that has ${beyond}`);
  const insurer =
    form.type === 1 ? [...numberBytes(form.insurer, INSURER), ...numberBytes(form.region, REGION)] : [];
  return Uint8Array.of(
    form.type,
    ...numberBytes(form.number, NUMBER),
    ...nameBytes(form, NAMES[form.type]),
    SEXES.indexOf(form.sex) + 1,
    ...dayBytes(form.born),
    ...dayBytes(form.expiry),
    ...insurer,
    ...form.signature,
  );
}

/** Takes any bytes; what is read is written as the same. */
export function decodePolicyForm(bytes: Uint8Array): PolicyFormReading {
  if (bytes.length !== POLICY_FORM_BYTES) {
    return malformed(`${bytes.length} bytes, where ${POLICY_FORM_BYTES} are a policy`, 0);
  }
  const type = bytes[0];
  if (type !== 1 && type !== 2) return malformed(`the form ${type}, where 1 and 2 are known`, 0);
  const number = digitsIn(bytes, NUMBER);
  if (!isPolicyNumber(number)) return malformed(WRONG_NUMBER, NUMBER.at);
  const layout = NAMES[type];
  const at = NAME_AT + layout.bytes;
  const name = readName(bytes.subarray(NAME_AT, at), layout);
  if (name === undefined) return malformed('a name that is not three parts in its characters', NAME_AT);
  const sex = SEXES[(bytes[at] ?? 0) - 1];
  if (sex === undefined) return malformed(`the sex ${bytes[at]}, where 1 and 2 are known`, at);
  const signature = bytes.slice(-SIGNATURE_BYTES);
  const insured = {
    number,
    ...name,
    sex,
    born: dayIn(bytes, at + 1),
    expiry: dayIn(bytes, at + 3),
    signature,
  };
  if (type === 2) return { kind: 'form', form: { type, ...insured } };
  const [insurer, region] = [digitsIn(bytes, INSURER), digitsIn(bytes, REGION)];
  if (insurer.length > INSURER.digits) return malformed('an insurer of more than 13 digits', INSURER.at);
  if (region.length > REGION.digits) return malformed('a region of more than 5 digits', REGION.at);
  return { kind: 'form', form: { type, ...insured, insurer, region } };
}

function malformed(what: string, at: number): PolicyFormReading {
  return { kind: 'malformed', what, at };
}

/** 16 digits are more than a number holds exactly. */
function numberBytes(digits: string, { bytes }: Digits): Uint8Array {
  const number = BigInt(digits);
  return Uint8Array.from({ length: bytes }, (_, at) =>
    Number((number >> BigInt(8 * (bytes - 1 - at))) & 0xffn),
  );
}

function digitsIn(all: Uint8Array, { at, bytes, digits }: Digits): string {
  let number = 0n;
  for (const byte of all.subarray(at, at + bytes)) number = (number << 8n) | BigInt(byte);
  return String(number).padStart(digits, '0');
}

function dayBytes(date: ServiceDate | undefined): Uint8Array {
  const day = date === undefined ? 0 : dayOfDate(date) - ZERO_DAY;
  return Uint8Array.of(day >>> 8, day & 0xff);
}

function dayIn(bytes: Uint8Array, at: number): ServiceDate | undefined {
  const day = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return day === 0 ? undefined : dateOfDay(day + ZERO_DAY);
}
