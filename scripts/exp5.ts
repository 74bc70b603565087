import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { streetOf } from '../src/lab/drive/street.ts';
import { onPlane } from '../src/onboard/position/track/plane.ts';
const stops = openStops('/tmp/exp/hart.db'); const zone = compileZone(stops.timezone)!;
const runs = runsOf(stops, zone);
for (const trip of process.argv.slice(2)) { const t=stops.trip(trip)!; const r = runs.ofTrip(trip, (Date.parse('2018-05-16T04:00Z')+t.firstS!*1000) as any)!; const st=streetOf(stops,runs.plane,t);
console.log(trip, t.stopTimes.length, r.path.cells*8, st.along.at(-1)); console.log(r.path.stopIds.map((id,i)=>{const s=stops.stop(id)!; const q=onPlane(runs.plane,s.lat!,s.lon!); const c=r.path.stopCells[i]!; return id+':'+c*8+'/'+Math.round(st.stopsAlong[i]!)+'('+Math.round(Math.hypot(q.x-r.path.x[c]!,q.y-r.path.y[c]!))+')'+t.stopTimes[i]!.arrivalS}).join(' ')); }
