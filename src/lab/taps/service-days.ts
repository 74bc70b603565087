/** Service dates of moments that mostly follow one another: a day is worked out once for a stretch of it. */
import { type EpochMs, epoch, type ServiceDate, serviceDateAt, type Zone } from '../../core/time.ts';

const STRETCH_MS = 3_600_000;

export class ServiceDays {
  readonly #zone: Zone;
  readonly #dayStartS: number;
  /** From and to these moments it is this day: days never go back. */
  #from = 0;
  #to = -1;
  #date = 0 as ServiceDate;

  constructor(zone: Zone, dayStartS: number) {
    this.#zone = zone;
    this.#dayStartS = dayStartS;
  }

  at(moment: EpochMs): ServiceDate {
    if (moment < this.#from || moment > this.#to) {
      this.#date = serviceDateAt(this.#zone, this.#dayStartS, moment);
      const later = epoch(moment + STRETCH_MS);
      const isLasting = serviceDateAt(this.#zone, this.#dayStartS, later) === this.#date;
      [this.#from, this.#to] = [moment, isLasting ? later : moment];
    }
    return this.#date;
  }
}
