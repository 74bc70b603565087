import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { zeroOfDay } from '../src/core/time.ts';
const stops = openStops('/tmp/exp/hart.db'); const zone = compileZone(stops.timezone)!;
const runs = runsOf(stops, zone);
const trip=process.argv[2]!;
const r = runs.ofTrip(trip, (zeroOfDay(zone,20180516 as any)+ (stops.trip(trip)!.firstS!)*1000) as any)!;
console.log(r.key, r.path.cells, [...r.path.stopCells].join(' '), r.path.stopIds.join(' '), r.trip.shapeId, r.trip.blockId, runs.after(r)?.key);
console.log(stops.trip(trip)!.stopTimes.map(s=>s.distance?.toFixed(2)).join(' '), stops.shape(r.trip.shapeId!)!.at(-1)!.distance);
console.log(r.trip, stops.tripsOfBlock(r.trip.blockId!, 20180516 as any).map(t=>[t.tripId,t.firstS,t.lastS]));
{ const p=r.path; const {onPlane}=await import('../src/onboard/position/track/plane.ts');
 console.log(p.stopIds.map((id,i)=>{const s=stops.stop(id)!; const q=onPlane(runs.plane,s.lat!,s.lon!); const c=p.stopCells[i]!; return Math.round(Math.hypot(q.x-p.x[c]!,q.y-p.y[c]!))}).join(' ')); console.log('end', p.x[0],p.y[0],p.x[p.cells-1],p.y[p.cells-1]); }
