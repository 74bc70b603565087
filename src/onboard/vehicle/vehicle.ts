/**
 * The shell around the vehicle's machine: reader events go in, and every effect the machine asks for is done here, one
 * after another. One vehicle, any number of readers.
 */
import { faultCodeOf, TuraError, whyOf } from '../../core/error.ts';
import { correctedTime, type Place, type Token } from '../../core/tap.ts';
import { type Duty, type DutyRequest, type Rules, rulesOf, type Told } from '../../core/validator/duty.ts';
import type { Effect, VehicleEvent } from '../../core/validator/event.ts';
import { type Answered, answered } from '../../core/validator/inspected.ts';
import { check } from '../../core/validator/inspection.ts';
import { createMachine, type Machine } from '../../core/validator/machine.ts';
import { newVehicle, type VehicleState } from '../../core/validator/state.ts';
import type { MendableJournal } from '../journal/mendable.ts';
import type { Position } from '../position/position.ts';
import type { Reader, ReaderEvent } from '../reader/reader.ts';
import { tapPoints } from '../tap-points.ts';
import { Attendant } from './attendant.ts';
import { installationOf } from './installation.ts';
import { lastDuty } from './last-duty.ts';
import { LookUp, type LookUpParts } from './look-up.ts';
import { Mender } from './mender.ts';
import { PartsWatch } from './parts-watch.ts';
import { Recogniser, type RecogniserParts } from './recogniser.ts';
import { Recorder } from './recorder.ts';
import { Surroundings } from './surroundings.ts';
import { unsettledIn } from './unsettled.ts';
import { type Seen, Voice } from './voice.ts';

export interface VehicleParts extends LookUpParts, RecogniserParts {
  readonly journal: MendableJournal;
  readonly position: Position;
  readonly feedVersion: string;
  readonly readers: readonly Reader[];
}

/**
 * Nothing that goes wrong here reaches the reader that brought the event (law 5). What a part throws is told to
 * `onFault`. When it was the journal, the vehicle takes no more taps and every reader says so, until the journal is
 * opened anew and verified; when it was the machine itself, until it is started anew.
 */
export class Vehicle {
  readonly #parts: VehicleParts;
  readonly #machine: Machine;
  readonly #rules: Rules;
  readonly #attendant: Attendant;
  readonly #lookUp: LookUp;
  readonly #recorder: Recorder;
  readonly #mender: Mender;
  readonly #surroundings: Surroundings;
  readonly #voice: Voice;
  readonly #partsWatch: PartsWatch;
  readonly #onFault: (fault: unknown) => void;
  readonly #pending: VehicleEvent[] = [];
  #state: VehicleState;
  #busy = false;

  constructor(
    parts: VehicleParts,
    onSeen: (seen: Seen) => void,
    onFault: (fault: unknown) => void,
    onTold: (told: Told, place: Place) => void = () => undefined,
  ) {
    const { device, tariffs, feedVersion } = parts;
    this.#parts = parts;
    this.#onFault = onFault;
    this.#voice = new Voice({ readers: parts.readers, clock: parts.clock, onSeen, onTold, onFault });
    this.#attendant = new Attendant({
      recogniser: new Recogniser(parts),
      clock: parts.clock,
      tell: (happened, event) => this.#attend(happened, event),
      written: (intent, writing) => this.#happen({ kind: 'card-written', intent, writing }),
      paymentRead: said => this.#happen({ kind: 'payment-read', said }),
      timers: parts.timers,
      onFault,
    });
    this.#lookUp = new LookUp(parts, onFault);
    this.#recorder = new Recorder(parts, onFault);
    this.#surroundings = new Surroundings(parts, onFault);
    this.#mender = new Mender({
      timers: parts.timers,
      mend: () => this.#reopenJournal(),
      onStays: fault => this.#stays(fault),
    });
    const installation = installationOf(device, feedVersion, parts.companions !== undefined);
    this.#rules = rulesOf(tariffs, installation);
    this.#machine = createMachine(tariffs, installation);
    const duty = lastDuty(parts.journal);
    this.#partsWatch = new PartsWatch(duty.down);
    const unsettled = parts.transitKeys.length === 0 ? [] : unsettledIn(parts.journal, tariffs);
    this.#state = newVehicle(parts.clock.standing(), duty, unsettled);
  }

  start(): void {
    for (const reader of this.#parts.readers) {
      this.#guarded(undefined, () => reader.start(event => this.#attendant.hear(event)));
    }
  }

  /** It takes no taps, and says so at every reader. */
  get isBroken(): boolean {
    return this.#state.broken !== undefined;
  }

  get duty(): Duty {
    return this.#state.duty;
  }

  /** What an inspector elsewhere aboard is told of a medium; nothing is recorded, and what cannot be read is unknown. */
  answerAbout(tokens: readonly Token[]): Answered {
    const [token, ...further] = tokens;
    const unknown = answered('unknown', undefined);
    return token === undefined ? unknown : this.#guarded(unknown, () => this.#answerAbout(token, further));
  }

  #answerAbout(token: Token, further: readonly Token[]): Answered {
    this.#lookAround();
    const atMs = this.#parts.clock.now();
    const medium = { kind: 'identified', token, further, form: 'storage', assurance: 'uid' } as const;
    const facts = this.#lookUp.factsOf(medium, correctedTime(atMs, this.#state.clock), true);
    const said = check(this.#rules, this.#state, { medium, eventTimeMs: atMs }, facts);
    return answered(said.check, said.paid);
  }

  /** Settles when it is done, or refused, and written. */
  ask(request: DutyRequest): Promise<Told> {
    if (this.#lookAround() && request.kind !== 'line') this.#order({ kind: 'line' });
    return new Promise(resolve => this.#order(request, resolve));
  }

  /** Readers first, so that nothing is accepted while the rest closes. */
  async stop(): Promise<void> {
    const stopped = await Promise.allSettled(this.#parts.readers.map(reader => reader.stop()));
    for (const outcome of stopped) if (outcome.status === 'rejected') this.#onFault(outcome.reason);
    await this.#attendant.settled();
    this.#lookUp.stop();
    this.#mender.stop();
  }

  #attend(happened: VehicleEvent, event: ReaderEvent): void {
    const { readerId } = event;
    if (happened.kind === 'presented' && this.#lookAround()) this.#order({ kind: 'line' });
    const wasDown = this.#state.readers[readerId]?.kind === 'down';
    this.#happen(happened);
    if (event.kind === 'up' && wasDown && this.#state.broken === undefined) {
      this.#say(readerId, { kind: 'ready', why: event.name });
    }
    this.#watchParts();
  }

  #order(request: DutyRequest, resolve: (told: Told) => void = () => undefined): void {
    const { clock } = this.#parts;
    this.#happen({
      ...{ kind: 'asked', id: this.#voice.await(resolve), request },
      ...{ eventTimeMs: clock.now(), monotonicMs: clock.monotonicMs() },
    });
  }

  /** What does not work, and what works again, is written down once. */
  #watchParts(): void {
    if (this.#state.broken !== undefined) return;
    const news = this.#partsWatch.news(this.#state.readers, this.#lookUp.unreadable());
    if (news === undefined) return;
    this.#order({ kind: 'parts', down: news.down }, told => {
      if (told.kind === 'fault' || told.kind === 'refused') news.forget();
    });
  }

  /** True where another line is run from now on. */
  #lookAround(): boolean {
    this.#lookUp.goOverToNewLists(this.#parts.clock.monotonicMs());
    let isOther = false;
    for (const event of this.#surroundings.changes(this.#state)) {
      this.#happen(event);
      if (event.kind === 'placed') isOther = this.#surroundings.isOtherLine(event.place);
    }
    return isOther;
  }

  /** Events that effects bring about wait until the effects before them are done. */
  #happen(event: VehicleEvent): void {
    this.#pending.push(event);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift())
        this.#take(next);
    } finally {
      this.#busy = false;
    }
  }

  /** Half a turn is no state to go on from: the vehicle breaks down in words instead of falling silent. */
  #take(event: VehicleEvent): void {
    try {
      this.#step(event);
    } catch (error) {
      this.#pending.length = 0;
      this.#step(this.#broken(error));
    }
  }

  #step(event: VehicleEvent): void {
    const { state, effects } = this.#machine(this.#state, event);
    const { broken } = this.#state;
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (state.broken === broken) return;
    // Also where nobody stands: the next rider reads it before tapping.
    const told = effects.map(effect => (effect.kind === 'show' ? effect.readerId : ''));
    for (const { id } of tapPoints(this.#parts.device)) if (!told.includes(id)) this.#sayStanding(id);
  }

  #sayStanding(readerId: string): void {
    const { broken, readers } = this.#state;
    if (broken !== undefined) this.#say(readerId, { kind: 'fault', ...broken });
    else if (readers[readerId]?.kind !== 'down')
      this.#say(readerId, { kind: 'ready', why: 'the journal is mended' });
  }

  #say(readerId: string, shown: Seen['shown']): void {
    this.#voice.say(readerId, shown, this.#state.place);
  }

  /** A fault of the journal may pass; a defect does not. */
  #broken(error: unknown): VehicleEvent {
    this.#onFault(error);
    if (error instanceof TuraError) this.#mender.fails();
    return { kind: 'commit-failed', fault: faultCodeOf(error), why: whyOf(error) };
  }

  #reopenJournal(): void {
    const lost = this.#parts.journal.reopen();
    if (lost !== undefined) this.#onFault(lost);
    this.#happen({ kind: 'mended' });
  }

  /** That the fault stays is no news; that it is another one now is. */
  #stays(fault: unknown): void {
    if (whyOf(fault) !== this.#state.broken?.why) this.#happen(this.#broken(fault));
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'look-up':
        this.#pending.push({
          kind: 'found',
          facts: this.#lookUp.factsOf(effect.medium, effect.atMs, effect.inspects),
        });
        return;
      case 'commit':
        this.#pending.push(this.#commit(effect));
        return;
      case 'write-card':
        this.#attendant.write(effect);
        return;
      case 'read-payment':
        this.#attendant.readPayment(effect.readerId, effect.medium);
        return;
      case 'show':
        this.#voice.show(effect.readerId, effect.shown, this.#state.place, this.#recorder.last);
        return;
      case 'tell':
        this.#voice.answer(effect.id, effect.told, this.#state.place);
        return;
      default:
        effect satisfies never;
    }
  }

  /** A payment that cannot be kept stops its own tap, and no other medium's. */
  #commit(effect: Extract<Effect, { kind: 'commit' }>): VehicleEvent {
    try {
      this.#recorder.keep(effect);
    } catch (error) {
      this.#onFault(error);
      return { kind: 'payment-lost', why: whyOf(error) };
    }
    try {
      const { deviceId, epoch, sequence } = this.#recorder.write(effect, this.#state.clock);
      this.#mender.works();
      return { kind: 'committed', identity: { deviceId, epoch, sequence } };
    } catch (error) {
      return this.#broken(error);
    }
  }

  /** What a part throws is told, and `otherwise` stands in its place. */
  #guarded<Value>(otherwise: Value, work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      this.#onFault(error);
      return otherwise;
    }
  }
}
