/** Each thing that can be wrong with the machine's clock, alone. */
import { test } from 'uvu';
import { epoch } from '../../../src/core/time.ts';
import { testEach } from './sickness.ts';

testEach({
  'a clock of 1970': {
    check: 'clock',
    spoil: pi => {
      pi.nowMs = epoch(120_000);
    },
    ...{ is: 'wrong', found: /1970-01-01T00:02:00.000Z: it was never set/, mend: /timedatectl set-ntp true/ },
  },
  'a clock that the network has not set': {
    check: 'clock-sync',
    spoil: pi => pi.commands.set('timedatectl', { code: 0, out: 'no\n' }),
    ...{ is: 'warning', found: /nothing has set it/, mend: /timedatectl set-ntp true/ },
  },
  'a clock that nobody keeps': {
    check: 'clock-sync',
    spoil: pi => pi.commands.clear(),
    ...{ is: 'warning', found: /neither timedatectl nor chronyc/, mend: /apt install -y systemd-timesyncd/ },
  },
  'a clock that chrony keeps': {
    check: 'clock-sync',
    spoil: pi => {
      pi.commands.clear();
      pi.commands.set('chronyc', { code: 0, out: 'Stratum         : 3\nLeap status     : Normal\n' });
    },
    ...{ is: 'ok', found: /chronyc/ },
  },
});

test.run();
