/**
 * The payment applications of a virtual bank card: each scheme's in the manner its cards have, so that a reader meets
 * them all: with and without a list of questions (PDOL), with answers in tags or without, in records or at once.
 */
import { assert } from '../../error.ts';
import { bytesOfHex } from '../../hex.ts';
import { type Command, type Response, SW } from '../apdu.ts';
import { bytesOfAscii } from '../ascii.ts';
import type { Instrument } from '../instrument.ts';
import { SCHEME_AIDS, type Scheme } from '../schemes.ts';
import { answerDol } from '../terminal.ts';
import { writeTlv } from '../tlv.ts';
import { given, refused, type VirtualApplication } from './application.ts';

export interface BankApplication extends Instrument {
  readonly scheme: Scheme;
  /** A second scheme by which the same card pays. */
  readonly coBadged?: Scheme | undefined;
}

export interface PaymentApplication extends VirtualApplication {
  readonly label: string;
  readonly kernel: number;
}

interface Manner {
  readonly label: string;
  readonly kernel: number;
  /** Tags and lengths of what it asks the reader, in hex; absent: nothing. */
  readonly asks?: string;
  /** `at-once`: all it says comes with the options; `records`: in two files; `bare`: so, the options without tags. */
  readonly says: 'at-once' | 'records' | 'bare';
}

const MANNERS: Readonly<Record<Scheme, Manner>> = {
  mir: { label: 'MIR', kernel: 0x0a, asks: '9f66049f02069f3704', says: 'records' },
  visa: {
    label: 'VISA DEBIT',
    kernel: 0x03,
    asks: '9f66049f02069f03069f1a0295055f2a029a039c019f3704',
    says: 'at-once',
  },
  mastercard: { label: 'MASTERCARD', kernel: 0x02, says: 'records' },
  unionpay: { label: 'UnionPay Debit', kernel: 0x07, asks: '9f66049f02069f37049a039c01', says: 'bare' },
  amex: { label: 'AMEX', kernel: 0x04, asks: '9f6604', says: 'records' },
  jcb: { label: 'JCB', kernel: 0x05, asks: '9f6604', says: 'records' },
  rupay: { label: 'RuPay', kernel: 0x0d, says: 'records' },
};

const GET_OPTIONS = 0xa8;
const READ_RECORD = 0xb2;
/** Nothing offline can be proven by this card. */
const PROFILE = Uint8Array.of(0x00, 0x00);
/** The first record of file 1 and the first of file 2. */
const LOCATOR = Uint8Array.of(0x08, 0x01, 0x01, 0x00, 0x10, 0x01, 0x01, 0x00);

export function bankApplications(bank: BankApplication): readonly PaymentApplication[] {
  const schemes = bank.coBadged === undefined ? [bank.scheme] : [bank.scheme, bank.coBadged];
  return schemes.map(scheme => paymentApplication(scheme, bank));
}

function paymentApplication(scheme: Scheme, instrument: Instrument): PaymentApplication {
  const [aid] = SCHEME_AIDS[scheme];
  const { label, kernel, asks = '', says } = MANNERS[scheme];
  const questions = bytesOfHex(asks);
  const proprietary = [
    writeTlv(0x50, bytesOfAscii(label)),
    ...(asks === '' ? [] : [writeTlv(0x9f38, questions)]),
  ];
  const information = writeTlv(0x6f, writeTlv(0x84, bytesOfHex(aid)), writeTlv(0xa5, ...proprietary));
  const options = optionsOf(says, instrument);
  const records = says === 'at-once' ? [] : recordsOf(instrument);
  const answerBytes = writeTlv(0x83, new Uint8Array(lengthAsked(questions))).length;

  function select(): ReturnType<VirtualApplication['select']> {
    let begun = false;
    const answer = ({ ins, p1, p2, data }: Command): Response => {
      if (ins === GET_OPTIONS) {
        if (data?.[0] !== 0x83 || data.length !== answerBytes) return refused(SW.wrongData);
        begun = true;
        return given(options);
      }
      if (ins !== READ_RECORD) return refused(SW.noInstruction);
      if (!begun) return refused(SW.conditionsNotMet);
      const record = p1 === 1 ? records[(p2 >>> 3) - 1] : undefined;
      return record === undefined ? refused(SW.noRecord) : given(record);
    };
    return { information, answer };
  }
  return { aid, label, kernel, select };
}

function optionsOf(says: Manner['says'], instrument: Instrument): Uint8Array {
  switch (says) {
    case 'at-once':
      return writeTlv(0x77, writeTlv(0x82, PROFILE), trackOf(instrument), ...restOf(instrument));
    case 'records':
      return writeTlv(0x77, writeTlv(0x82, PROFILE), writeTlv(0x94, LOCATOR));
    case 'bare':
      return writeTlv(0x80, PROFILE, LOCATOR);
    default:
      return says satisfies never;
  }
}

function recordsOf(instrument: Instrument): readonly Uint8Array[] {
  const number = writeTlv(0x5a, packed(instrument.pan));
  return [writeTlv(0x70, trackOf(instrument)), writeTlv(0x70, number, ...restOf(instrument))];
}

/** Track 2 equivalent: the number, D, the expiry, service code 201, and nothing of the issuer's. */
function trackOf({ pan, expiry }: Instrument): Uint8Array {
  return writeTlv(0x57, packed(`${pan}d${expiry}20100000`));
}

function restOf({ expiry, psn, par }: Instrument): Uint8Array[] {
  const known = [writeTlv(0x5f24, packed(`${expiry}${lastDayOf(expiry)}`)), writeTlv(0x5f34, packed(psn))];
  return par === undefined ? known : [...known, writeTlv(0x9f24, bytesOfAscii(par))];
}

/** A digit in half a byte; an F fills up the last one. */
function packed(digits: string): Uint8Array {
  return bytesOfHex(digits.length % 2 === 0 ? digits : `${digits}f`);
}

/** A card is good through the last day of its month. */
function lastDayOf(expiry: string): string {
  const [year, month] = [2000 + Number(expiry.slice(0, 2)), Number(expiry.slice(2))];
  return String(new Date(Date.UTC(year, month, 0)).getUTCDate());
}

/** How long the reader's answer to them is. */
function lengthAsked(questions: Uint8Array): number {
  const answer = answerDol(questions, new Map());
  assert(answer.kind === 'data', 'a virtual card asks what can be answered');
  return answer.bytes.length;
}
