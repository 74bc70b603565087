/** `tariff.yaml` in itself: names that name something, nothing twice, nothing that contradicts itself. */
import type { Path } from '../source/yaml.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';

export function checkSettings(settings: TariffSettings, check: Checker): void {
  checkNames(settings, check);
  checkFallbacks(settings, check);
  checkRepeated(settings, check);
  checkSense(settings, check);
  checkPaymentInstead(settings, check);
  checkAges(settings, check);
}

function checkNames(settings: TariffSettings, check: Checker): void {
  const categories = Object.keys(settings.categories);
  const media = Object.keys(settings.media);
  const quotas = Object.keys(settings.quotas);
  const products = settings.products.map(product => String(product.id));
  check.known(['defaultCategory'], 'category', settings.defaultCategory, categories);
  for (const [name, category] of Object.entries(settings.categories)) {
    check.known(['categories', name, 'fallback'], 'category', category.fallback, categories);
    check.known(['categories', name, 'quota'], 'quota', category.quota, quotas);
    const falls = category.quota !== undefined || category.season !== undefined;
    if (falls && category.fallback === undefined) {
      check.wrong(['categories', name], `'${name}' may end and names no fallback`, 'fallback: a category');
    }
  }
  settings.concessions.forEach((concession, index) => {
    check.known(['concessions', index, 'category'], 'category', concession.category, categories);
    check.known(['concessions', index, 'product'], 'product', String(concession.product), products);
  });
  settings.transfers.forEach((transfer, index) => {
    const at = (...rest: Path) => ['transfers', index, ...rest];
    check.known(at('product'), 'product', String(transfer.product), products);
    check.knownAll(at('media'), 'medium', transfer.media, media);
    check.knownAll(at('categories'), 'category', transfer.categories, categories);
  });
}

/** A fallback that falls back again must come to an end. */
function checkFallbacks(settings: TariffSettings, check: Checker): void {
  for (const start of Object.keys(settings.categories)) {
    const seen = new Set<string>();
    for (
      let name: string | undefined = start;
      name !== undefined;
      name = settings.categories[name]?.fallback
    ) {
      if (seen.has(name)) {
        check.wrong(
          ['categories', start, 'fallback'],
          `the fallbacks of '${start}' go round in a circle`,
          'a category that ends them',
        );
        break;
      }
      seen.add(name);
    }
  }
}

function checkRepeated({ products, concessions, transfers, media }: TariffSettings, check: Checker): void {
  check.once(['products'], 'product', products, product => String(product.id));
  check.once(['products'], 'product for', products, product => product.fareProduct);
  check.once(['concessions'], 'concession for', concessions, concession => concession.category);
  check.once(['transfers'], 'transfer', transfers, transfer => transfer.id);
  const takenBy = new Map<string, string>();
  for (const [name, { recognise }] of Object.entries(media)) {
    recognise.forEach((form, index) => {
      const first = takenBy.get(form);
      const path = ['media', name, 'recognise', index];
      if (first !== undefined) check.wrong(path, `'${form}' is taken for '${first}' already`, 'each once');
      takenBy.set(form, name);
    });
  }
}

/** What each key may hold, taken together. */
function checkSense(settings: TariffSettings, check: Checker): void {
  const { effective } = settings;
  if (effective.to !== undefined && effective.to < effective.from) {
    check.wrong(['effective', 'to'], 'the tariff ends before it begins', 'a day not before effective.from');
  }
  for (const [name, { fallback }] of Object.entries(settings.categories)) {
    if (fallback === undefined || settings.categories[fallback]?.quota === undefined) continue;
    const what = `'${fallback}' has a quota of its own, and a card counts one`;
    check.wrong(['categories', name, 'fallback'], what, 'a category without a quota');
  }
  settings.transfers.forEach((transfer, index) => {
    if (!transfer.groupCovered || !transfer.freeRideOpensWindow) return;
    const what = 'a free ride of one rider would open a window for the whole group';
    check.wrong(['transfers', index, 'freeRideOpensWindow'], what, 'false where groupCovered is true');
  });
}

/** Who may hold a category by age alone: each age in one. */
function checkAges({ categories }: TariffSettings, check: Checker): void {
  const taken: { name: string; from: number; to: number }[] = [];
  for (const [name, { ages }] of Object.entries(categories)) {
    if (ages === undefined) continue;
    const path = ['categories', name, 'ages'];
    const { from, to } = ages;
    if (to < from)
      check.wrong([...path, 'to'], `the ages end at ${to}, before they begin at ${from}`, `${from} or more`);
    const other = taken.find(before => from <= before.to && before.from <= to);
    if (other !== undefined) {
      const [first, last] = [Math.max(from, other.from), Math.min(to, other.to)];
      const what = `who is ${first === last ? first : `${first} to ${last}`} is '${other.name}' already`;
      check.wrong(path, what, 'each age in one category');
    }
    taken.push({ name, from, to });
  }
}

function checkPaymentInstead({ fallbackToPayment, media }: TariffSettings, check: Checker): void {
  const isTaken = Object.values(media).some(({ recognise }) => recognise.includes('bank'));
  if (fallbackToPayment === 'never' || isTaken) return;
  const what = 'no bank card is taken: there is nothing to fall back to';
  check.wrong(['fallbackToPayment'], what, 'never, or a medium with recognise: [bank]');
}
