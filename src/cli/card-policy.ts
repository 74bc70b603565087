/** `tura card policy read | write`: the PDF417 of a medical insurance policy. No validator asks for one. */
import type { Command } from 'commander';
import { maskedMembership, maskedName } from '../core/card/mask.ts';
import {
  beyondPolicyForm,
  decodePolicyForm,
  encodePolicyForm,
  type PolicyForm,
  SEXES,
  type Sex,
  SIGNATURE_BYTES,
} from '../core/card/policy/form.ts';
import { NAME_PARTS } from '../core/card/policy/name.ts';
import { isPolicyNumber } from '../core/card/policy/number.ts';
import { TuraError } from '../core/error.ts';
import { formatDate, type ServiceDate } from '../core/time.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { choice, date } from './arguments.ts';
import { drawBarcode } from './barcode-picture.ts';
import { createOutput, type Output } from './output.ts';
import { scannedBytes } from './scanned.ts';

interface Written {
  readonly number: string;
  readonly holder: string;
  readonly sex: Sex;
  readonly born: ServiceDate;
  readonly expiry?: ServiceDate;
  readonly insurer?: string;
  readonly region?: string;
  readonly to?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function describePolicy(command: Command): void {
  const policy = command.command('policy').description("a medical insurance policy's PDF417: read, write");
  policy
    .command('read')
    .description('what the bytes that a scanner delivers say, masked')
    .argument('<file>', 'the 130 bytes; - is standard input')
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', '\nExample:\n  tura card policy read policy.bin')
    .action(read);
  policy
    .command('write')
    .description('the code of a synthetic person: nobody signed it')
    .requiredOption('--number <number>', '16 digits, the last of which checks the others')
    .requiredOption('--holder <name>', "family, given name and patronymic: 'Белов Иван Петрович'")
    .requiredOption('--sex <sex>', SEXES.join(' or '), choice(SEXES))
    .requiredOption('--born <day>', '1990-05-17', date)
    .option('--expiry <day>', 'its last day', date)
    .option('--insurer <ogrn>', 'with --region: the older form, which names both')
    .option('--region <okato>', 'five digits')
    .option('--to <file>', 'where its 130 bytes go')
    .option('--out <file>', 'its picture: a file ending in .svg or .png')
    .option('--json', 'one JSON object on stdout')
    .addHelpText(
      'after',
      `
Example:
  tura card policy write --number 7251840831000013 --holder 'Белов Иван Петрович' --sex male \\
    --born 1990-05-17 --to policy.bin --out policy.png`,
    )
    .action(write);
}

async function read(file: string, options: { readonly json?: boolean }): Promise<void> {
  const reading = decodePolicyForm(await scannedBytes(file, 'policy'));
  if (reading.kind === 'malformed') {
    const where = `${file === '-' ? 'stdin' : file}: byte ${reading.at}`;
    throw new TuraError('bad-input', `${where}: ${reading.what}`, {
      where,
      expected: 'the code of a policy',
    });
  }
  tell(reading.form, createOutput(options.json === true));
}

async function write(options: Written): Promise<void> {
  const { to, out } = options;
  const form = formOf(options);
  const beyond = beyondPolicyForm(form);
  if (beyond !== undefined) throw bad(beyond, 'what a policy has room for');
  if (to === undefined && out === undefined) throw bad('nowhere to write it', '--to FILE or --out PICTURE');
  const bytes = encodePolicyForm(form);
  if (out !== undefined) await drawBarcode(out, bytes, 'pdf417');
  if (to !== undefined) writeWhole(to, bytes, 'policy');
  tell(form, createOutput(options.json === true));
}

function formOf({ number, holder, sex, born, expiry, insurer, region }: Written): PolicyForm {
  if (!isPolicyNumber(number))
    throw bad('a number that no policy has', '16 digits, the last of which checks the others');
  if (holder.trim() === '') throw bad('a holder without a name', 'family, given name and patronymic');
  const [family = '', given = '', ...more] = holder.trim().toUpperCase().split(/\s+/);
  const signature = new Uint8Array(SIGNATURE_BYTES);
  const insured = { number, family, given, patronymic: more.join(' '), sex, born, expiry, signature };
  if (insurer === undefined && region === undefined) return { type: 2, ...insured };
  if (insurer === undefined || region === undefined)
    throw bad('half of the older form', '--insurer and --region');
  return { type: 1, ...insured, insurer, region };
}

function bad(what: string, expected: string): TuraError {
  return new TuraError('bad-usage', `${what} (expected ${expected})`, { expected });
}

/** `•••• •••• •••• 0013  Б••• И••• П•••, male, no end, form 2`; the birthday and the signature are nobody's concern. */
function tell(form: PolicyForm, output: Output): void {
  const number = maskedMembership(form.number);
  const holder = NAME_PARTS.map(part => maskedName(form[part]))
    .join(' ')
    .trimEnd();
  const { type, sex, expiry } = form;
  const insurer = form.type === 1 ? { insurer: form.insurer, region: form.region } : {};
  const words = [
    `${number}  ${holder}`,
    sex,
    expiry === undefined ? 'no end' : `to ${formatDate(expiry)}`,
    ...(form.type === 1 ? [`insurer ${form.insurer} in ${form.region}`] : []),
    `form ${type}, its signature not judged`,
  ];
  output.say(words.join(', '));
  output.emit({ form: type, number, holder, sex, expiry, ...insurer });
}
