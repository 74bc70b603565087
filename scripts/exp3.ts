import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { onPlane } from '../src/onboard/position/track/plane.ts';
const stops = openStops('/tmp/exp/hart.db'); const zone = compileZone(stops.timezone)!;
const runs = runsOf(stops, zone); const d:number[]=[]; const seen=new Set(); let t=performance.now(), n=0;
for (const id of stops.routeIds()) for (const tr of stops.tripsOn(id,20180516 as any)) { const r=(runs as any).about(id, 0)||[]; const run=runs.ofTrip(tr.tripId, (Date.parse('2018-05-16T04:00Z')+tr.firstS!*1000) as any); if(!run) continue; n++; if(seen.has(run.path)) continue; seen.add(run.path); const p=run.path;
 p.stopIds.forEach((sid,i)=>{const s=stops.stop(sid)!; const q=onPlane(runs.plane,s.lat!,s.lon!); const c=p.stopCells[i]!; d.push(Math.round(Math.hypot(q.x-p.x[c]!,q.y-p.y[c]!)))}); }
d.sort((a,b)=>a-b); console.log(n, seen.size, [.1,.5,.9,.95,.99,.995,.999].map(q=>d[Math.floor(d.length*q)]), d.at(-1), performance.now()-t);
