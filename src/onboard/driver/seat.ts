/**
 * The driver's seat: what a driver says at any terminal, carried out on the vehicle. PINs are checked here, and names of
 * lines, trips and stops are looked up, so that the machine meets nothing that is not there.
 */
import type { TokenKeys } from '../../core/card/identity.ts';
import type { Crypto } from '../../core/crypto.ts';
import { hexOfBytes } from '../../core/hex.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import type { DutyRequest, Told } from '../../core/validator/duty.ts';
import type { OnboardClock } from '../clock.ts';
import { type Instead, isHearing, type Position } from '../position/position.ts';
import type { Stops } from '../stops/stops.ts';
import type { Vehicle } from '../vehicle/vehicle.ts';
import { type Command, helpLines, type Misspelt } from './commands.ts';
import { type Driver, driverIdOf, recognise } from './pin.ts';
import { dutyText, isDone, runText, toldText } from './words.ts';

export interface SeatParts {
  readonly vehicle: Pick<Vehicle, 'ask' | 'duty'>;
  readonly position: Position;
  readonly stops: Pick<Stops, 'route' | 'routeIds' | 'trip' | 'stop' | 'stopIds'>;
  /** Absent: whoever has a number drives, and no PIN is asked for. */
  readonly drivers: readonly Driver[] | undefined;
  readonly keys: TokenKeys;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  readonly clock: OnboardClock;
}

/** `told` where the vehicle itself was asked. */
export interface Answer {
  readonly done: boolean;
  readonly text: string;
  readonly told?: Told;
}

/** After a wrong PIN the next is looked at a second later, then two, four, up to five minutes. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

export class DriverSeat {
  readonly #parts: SeatParts;
  #wrongPins = 0;
  #nextPinMs = 0;

  constructor(parts: SeatParts) {
    this.#parts = parts;
  }

  async obey(command: Command | Misspelt): Promise<Answer> {
    switch (command.kind) {
      case 'misspelt':
        return no(command.what, command.expected);
      case 'help':
        return { done: true, text: helpLines().join('\n') };
      case 'state':
        return { done: true, text: this.#standing() };
      case 'open-shift':
        return this.#openShift(command);
      case 'choose':
        return this.#choose(command);
      case 'instead':
        return this.#chooseOffered();
      case 'destination':
        return this.#destination(command.stopId);
      case 'doors':
        return this.#doors(command);
      case 'close-shift':
      case 'mode':
      case 'riders':
      case 'yes':
      case 'void':
        return this.#ask(command);
      default:
        return command satisfies never;
    }
  }

  /** What the driver was last told that the vehicle seems to run instead, while it does. */
  get offered(): Instead | undefined {
    return this.#parts.position.instead?.();
  }

  #standing(): string {
    const { offered } = this;
    const standing = dutyText(this.#parts.vehicle.duty);
    return offered === undefined ? standing : `${standing}; ${runText(offered)}`;
  }

  async #ask(request: DutyRequest): Promise<Answer> {
    const told = await this.#parts.vehicle.ask(request);
    return { done: isDone(told), text: toldText(told), told };
  }

  async #openShift({ driver, waybill, pin }: Extract<Command, { kind: 'open-shift' }>): Promise<Answer> {
    const { drivers, keys, crypto, random, clock, vehicle } = this.#parts;
    const opening = (driverId: string) =>
      this.#ask({ kind: 'open-shift', shift: { shiftId: hexOfBytes(random(8)), driverId, waybill } });
    const claimed = driverIdOf(driver, keys[0], crypto);
    // Nobody learns whether a PIN is right from a vehicle that would not open a shift anyway.
    if (drivers === undefined || vehicle.duty.shift !== undefined) return opening(claimed);
    if (pin === undefined) return no('no pin', `shift open ${driver} pin 1234`);
    const waitMs = this.#nextPinMs - clock.monotonicMs();
    if (waitMs > 0) return no(`too many wrong PINs: again in ${Math.ceil(waitMs / 1000)} s`);
    const driverId = recognise(drivers, { number: driver, pin }, keys, crypto);
    if (driverId !== undefined) {
      this.#wrongPins = 0;
      return opening(driverId);
    }
    this.#nextPinMs = clock.monotonicMs() + Math.min(FIRST_WAIT_MS * 2 ** this.#wrongPins, LONGEST_WAIT_MS);
    this.#wrongPins += 1;
    return this.#ask({ kind: 'wrong-pin', driverId: claimed });
  }

  /** The position follows first, then the record says where it leads to. */
  async #choose({ what, name }: Extract<Command, { kind: 'choose' }>): Promise<Answer> {
    const { position, clock } = this.#parts;
    if (position.observe === undefined) {
      return no(
        'the line is not chosen here: the device file says where this vehicle is',
        'position: { source: driver }',
      );
    }
    const found = this.#found(what, name);
    if ('done' in found) return found;
    position.observe({ kind: 'driver', atMs: clock.now(), ...found });
    return this.#ask({ kind: 'line' });
  }

  async #chooseOffered(): Promise<Answer> {
    const { offered } = this;
    if (offered === undefined) return no('no other trip is offered');
    return this.#choose({ kind: 'choose', what: 'trip', name: offered.tripId });
  }

  #found(what: 'line' | 'trip' | 'stop', name: string): Chosen | Answer {
    const { stops } = this.#parts;
    switch (what) {
      case 'line':
        return this.#foundLine(name);
      case 'trip': {
        const trip = stops.trip(name);
        return trip === undefined ? no(`no trip '${name}'`) : { routeId: trip.routeId, tripId: name };
      }
      case 'stop':
        return stops.stop(name) === undefined ? this.#noStop(name) : { stopId: name };
      default:
        return what satisfies never;
    }
  }

  /** By what riders call it, or by its id where two routes share that. */
  #foundLine(name: string): Chosen | Answer {
    const { stops } = this.#parts;
    if (stops.route(name) !== undefined) return { routeId: name };
    const routes = stops.routeIds().flatMap(id => stops.route(id) ?? []);
    const called = routes.filter(({ line }) => line === name);
    const [route, another] = called;
    if (another !== undefined)
      return no(`${called.length} lines '${name}'`, called.map(({ routeId }) => routeId).join(' | '));
    if (route !== undefined) return { routeId: route.routeId };
    return no(`no line '${name}'`, expectedOneOf(name, [...new Set(routes.map(({ line }) => line))]));
  }

  /** No duty of the driver's: it is heard as any wire is, and where riders get on follows. */
  #doors({ open, doorId }: Extract<Command, { kind: 'doors' }>): Answer {
    const { position, clock } = this.#parts;
    if (!isHearing(position)) return no('nobody listens to doors here', 'position: { source: gnss }');
    position.observe({ kind: 'doors', atMs: clock.now(), open, ...(doorId === undefined ? {} : { doorId }) });
    const which = doorId === undefined ? 'doors' : `door ${doorId}`;
    return { done: true, text: `${which} ${open ? 'open' : 'closed'}` };
  }

  async #destination(stopId: string | undefined): Promise<Answer> {
    if (stopId !== undefined && this.#parts.stops.stop(stopId) === undefined) return this.#noStop(stopId);
    return this.#ask({ kind: 'destination', stopId });
  }

  #noStop(name: string): Answer {
    return no(`no stop '${name}'`, expectedOneOf(name, this.#parts.stops.stopIds()));
  }
}

type Chosen = { readonly routeId?: string; readonly tripId?: string; readonly stopId?: string };

function no(what: string, expected?: string): Answer {
  return { done: false, text: expected === undefined ? what : `${what} (expected ${expected})` };
}
