import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { onPlane } from '../src/onboard/position/track/plane.ts';
const stops = openStops('/tmp/exp/hart.db'); const zone = compileZone(stops.timezone)!;
const get=(by:boolean)=>{ if(by) process.env.BYPLACE='1'; else delete process.env.BYPLACE; const runs = runsOf(stops, zone); const out:any[]=[]; const seen=new Set();
for (const id of stops.routeIds()) { const t=stops.tripsOn(id,20180516 as any); for (const tr of [t[5],t[Math.floor(t.length/2)],t.at(-3)]) { if(!tr) continue; const run=runs.ofTrip(tr.tripId, (Date.parse('2018-05-16T04:00Z')+tr.firstS!*1000) as any); if(!run||seen.has(run.path)) continue; seen.add(run.path); const p=run.path;
 out.push([id, tr.tripId, p.stopIds.map((sid,i)=>{const s=stops.stop(sid)!; const q=onPlane(runs.plane,s.lat!,s.lon!); const c=p.stopCells[i]!; return Math.round(Math.hypot(q.x-p.x[c]!,q.y-p.y[c]!))}), [...p.stopCells]]); } } return out; };
const a=get(false), b=get(true);
const q=(x:number[])=>{x=[...x].sort((m,n)=>m-n); return [.1,.5,.9,.95,.99].map(z=>x[Math.floor(x.length*z)]).join('/')+' max '+x.at(-1)};
console.log('bydist',q(a.flatMap(x=>x[2])),'byplace',q(b.flatMap(x=>x[2])));
if(0)for (let i=0;i<a.length;i+=6) { console.log(a[i][0],a[i][1]); console.log(' D',a[i][2].join(' ')); console.log(' P',b[i][2].join(' ')); console.log(' dcell', a[i][3].map((c:number,k:number)=>c-b[i][3][k]).join(' ')); }
