/** Where sealed payments go from a vehicle: the port, and whom they are sealed to. */
import type { SealedPayment } from '../../core/card/identity.ts';
import type { AcquirerKey } from './acquirer-key.ts';

export interface PaymentSink {
  /**
   * Durable when it returns: the tap that names it is written and shown only then. One that no record names is worth
   * nothing, for an amount stands in records alone. Throws `TuraError`.
   */
  keep(payment: SealedPayment): void;
}

export interface Payments {
  readonly acquirer: AcquirerKey;
  readonly sink: PaymentSink;
}
