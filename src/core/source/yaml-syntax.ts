/** What YAML wants where a text is none: a line for each kind of slip that its parser tells apart. */
import type { ErrorCode, YAMLError } from 'yaml';

export const YAML = 'YAML 1.2';

const EXPECTED: Readonly<Partial<Record<ErrorCode, string | ((message: string) => string)>>> = {
  DUPLICATE_KEY: 'each key once',
  TAB_AS_INDENT: 'spaces',
  BAD_INDENT: message => {
    const end = /end with a (.)$/.exec(message)?.[1];
    return end === undefined ? 'the indentation of the line above it' : `'${end}' before it`;
  },
  MISSING_CHAR: message => {
    const quote = /^Missing closing (.)quote/.exec(message)?.[1];
    return quote === undefined ? "a key, ':' and a space" : `a ${quote} that closes the text`;
  },
  BLOCK_AS_IMPLICIT_KEY: "one key a line, and quotes around a text that holds ': '",
  BLOCK_IN_FLOW: 'a comma or a bracket before the next line',
  MULTILINE_IMPLICIT_KEY: "a key, ':' and a space",
  BAD_SCALAR_START: 'quotes around a text that begins so',
  UNEXPECTED_TOKEN: 'the end of the value, or quotes around the whole text',
  MULTIPLE_DOCS: 'one document: nothing after it',
  MULTIPLE_ANCHORS: 'one anchor',
  BAD_DQ_ESCAPE: 'two backslashes for one, or single quotes',
  TAG_RESOLVE_FAILED: "no tag, or quotes around a text that begins with '!'",
};

/** The parser's message in one line, and what it would have taken instead. */
export function saySyntax({ code, message }: YAMLError): {
  readonly what: string;
  readonly expected: string;
} {
  const what = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
  const expected = EXPECTED[code];
  return { what, expected: (typeof expected === 'function' ? expected(what) : expected) ?? YAML };
}
