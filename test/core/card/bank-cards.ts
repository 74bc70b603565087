/** A bank card of each manner. Their check digits are wrong: no bank has issued them. */
import type { BankApplication } from '../../../src/core/card/virtual/bank.ts';

export const MIR: BankApplication = { scheme: 'mir', pan: '2200998000000012', expiry: '2812', psn: '01' };
export const PAR = '50018KJ3XQ7T2M9ZB4W6R1C5N8H0D';
export const WITH_REFERENCE: BankApplication = { ...MIR, par: PAR };
export const VISA: BankApplication = { scheme: 'visa', pan: '4111190000000026', expiry: '2702', psn: '00' };
export const MASTERCARD: BankApplication = {
  scheme: 'mastercard',
  pan: '5555190000000034',
  expiry: '2909',
  psn: '02',
};
/** 19 digits: an odd number of them. */
export const UNIONPAY: BankApplication = {
  scheme: 'unionpay',
  pan: '6200190000000000048',
  expiry: '3011',
  psn: '00',
};
export const CO_BADGED: BankApplication = { ...MIR, coBadged: 'unionpay' };
