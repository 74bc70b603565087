/** The package ships no types; the shape that is used of it stands in `library.ts`. */
declare module 'nfc-pcsc' {
  const NFC: import('./library.ts').NfcPackage['NFC'];
  const library: import('./library.ts').NfcPackage['default'];

  export { library as default, NFC };
}
