/**
 * Why a tap was accepted or declined, as an enumeration that is written into records: the order is for ever, new
 * reasons go to the end. The rider's words are here once, for every face that shows them.
 */
interface ReasonText {
  readonly decision: 'accepted' | 'declined';
  readonly en: string;
  readonly ru: string;
}

const TEXTS = {
  'fare-paid': { decision: 'accepted', en: 'fare paid', ru: 'проезд оплачен' },
  'free-transfer': { decision: 'accepted', en: 'free transfer', ru: 'бесплатная пересадка' },
  concession: { decision: 'accepted', en: 'concession fare', ru: 'льготный проезд' },
  'free-ride': { decision: 'accepted', en: 'free ride', ru: 'бесплатный проезд' },
  'further-rider': { decision: 'accepted', en: 'further rider', ru: 'ещё один пассажир' },
  'quota-spent': { decision: 'accepted', en: 'quota spent, general fare', ru: 'лимит исчерпан, общий тариф' },
  passback: { decision: 'declined', en: 'already paid on this trip', ru: 'уже оплачено в этом рейсе' },
  'group-limit': { decision: 'declined', en: 'no more riders on this card', ru: 'больше пассажиров нельзя' },
  blocked: { decision: 'declined', en: 'card blocked', ru: 'карта в стоп-листе' },
  'random-uid': {
    decision: 'declined',
    en: 'this medium needs its application',
    ru: 'носитель не распознан',
  },
  'medium-not-accepted': { decision: 'declined', en: 'medium not accepted', ru: 'носитель не принимается' },
  'no-fare': { decision: 'declined', en: 'no fare known here', ru: 'тариф не найден' },
  'entitlement-unknown': { decision: 'declined', en: 'card not known', ru: 'карта не зарегистрирована' },
  'clock-unset': { decision: 'declined', en: 'the clock is not set', ru: 'часы не установлены' },
  'stop-list-stale': {
    decision: 'declined',
    en: 'the list of blocked cards is too old',
    ru: 'стоп-лист устарел',
  },
  'out-of-service': { decision: 'declined', en: 'not in service', ru: 'не обслуживается' },
  'proof-expired': {
    decision: 'accepted',
    en: 'proof expired, fare without concession',
    ru: 'срок льготы истёк, без скидки',
  },
  transfer: { decision: 'accepted', en: 'transfer fare', ru: 'проезд с пересадкой' },
  pass: { decision: 'accepted', en: 'pass', ru: 'проездной' },
  capped: { decision: 'accepted', en: 'cap reached', ru: 'достигнут предел оплаты' },
  'best-value': { decision: 'accepted', en: 'best value', ru: 'самый выгодный тариф' },
  'points-redeemed': { decision: 'accepted', en: 'paid with points', ru: 'оплачено баллами' },
  'journey-begun': { decision: 'accepted', en: 'have a good journey', ru: 'счастливого пути' },
  'same-stop': { decision: 'accepted', en: 'left where entered', ru: 'выход на станции входа' },
  'incomplete-journey': { decision: 'accepted', en: 'no entry was found', ru: 'вход не найден' },
  'purse-loaded': { decision: 'accepted', en: 'money loaded', ru: 'кошелёк пополнен' },
  'purse-low': { decision: 'declined', en: 'not enough money', ru: 'недостаточно средств' },
  'purse-full': { decision: 'declined', en: 'the purse is full', ru: 'кошелёк полон' },
  'price-unknown': {
    decision: 'declined',
    en: 'the price of that day is not known',
    ru: 'цена на этот день неизвестна',
  },
  'exit-not-needed': { decision: 'accepted', en: 'no exit is needed here', ru: 'выход отмечать не нужно' },
  'end-unknown': {
    decision: 'accepted',
    en: 'where the journey ended is not known',
    ru: 'место выхода неизвестно',
  },
  'out-of-season': {
    decision: 'accepted',
    en: 'the concession is out of season',
    ru: 'сезон льготы закончился',
  },
  'credit-limit': {
    decision: 'declined',
    en: 'the bank card must pay first',
    ru: 'лимит по банковской карте исчерпан',
  },
  'ticket-not-genuine': { decision: 'declined', en: 'not a genuine ticket', ru: 'билет не подлинный' },
  'ticket-issuer-unknown': {
    decision: 'declined',
    en: 'ticket of an unknown issuer',
    ru: 'билет неизвестного перевозчика',
  },
  'ticket-early': { decision: 'declined', en: 'ticket not valid yet', ru: 'билет ещё не действует' },
  'ticket-expired': { decision: 'declined', en: 'ticket expired', ru: 'срок билета истёк' },
  'ticket-elsewhere': { decision: 'declined', en: 'ticket not valid here', ru: 'билет здесь не действует' },
  'ticket-not-live': {
    decision: 'declined',
    en: 'show the ticket in its own app',
    ru: 'покажите билет в приложении',
  },
  'ticket-not-enough': {
    decision: 'declined',
    en: 'the ticket does not cover this ride',
    ru: 'билет не покрывает эту поездку',
  },
  'check-paid': { decision: 'accepted', en: 'paid on this trip', ru: 'оплачено в этом рейсе' },
  'check-listed': { decision: 'declined', en: 'card listed', ru: 'карта в списке' },
  'check-unknown': { decision: 'declined', en: 'not yet known', ru: 'пока неизвестно' },
  voided: { decision: 'declined', en: 'ride taken back', ru: 'поездка отменена' },
  'card-not-genuine': { decision: 'declined', en: 'not a genuine card', ru: 'карта не подлинная' },
  'card-blocked': {
    decision: 'declined',
    en: 'the transit application is blocked',
    ru: 'транспортное приложение заблокировано',
  },
  'card-expired': {
    decision: 'declined',
    en: 'the transit application has expired',
    ru: 'срок транспортного приложения истёк',
  },
  'card-full': { decision: 'declined', en: 'the card has no more room', ru: 'на карте нет места' },
  'card-damaged': {
    decision: 'declined',
    en: 'the transit application cannot be read',
    ru: 'транспортное приложение не читается',
  },
} as const satisfies Record<string, ReasonText>;

export type Reason = keyof typeof TEXTS;
export const DECISIONS = ['accepted', 'declined'] as const;
export type Decision = (typeof DECISIONS)[number];

/** In the order of their numbers on the wire. */
export const REASONS = Object.keys(TEXTS) as Reason[];

export function decisionOf(reason: Reason): Decision {
  return TEXTS[reason].decision;
}

export function riderText(reason: Reason, language: 'en' | 'ru'): string {
  return TEXTS[reason][language];
}

/** Said beside the reason of a declined card whose bank application may pay. */
export const PAYMENT_OFFER = {
  en: 'hold the card there again to pay by its bank application',
  ru: 'приложите ещё раз, чтобы оплатить банковской картой',
} as const;

/** What was uncertain when a tap was accepted all the same. Order is for ever, as above. */
export const GRACES = [
  'stop-unknown',
  'clock-unsynced',
  'stop-list-stale',
  'quota-unknown',
  'entitlement-unknown',
  'stop-list-warning',
  'destination-unknown',
] as const;
export type Grace = (typeof GRACES)[number];
