/** Run as a process of its own: begins to import the feed and is killed in the midst of its largest file. */
import { openFeed } from '../../../src/gtfs/open-feed.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';

const [, , feed = '', file = ''] = process.argv;
await importStops(await openFeed(feed), file, {
  onProgress: ({ file: name }) => {
    if (name === 'stop_times.txt') process.kill(process.pid, 'SIGKILL');
  },
});
