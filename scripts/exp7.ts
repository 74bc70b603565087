import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { followedPosition } from '../src/onboard/position/followed.ts';
import { drive } from '../src/lab/drive/drive.ts';
import { randomFrom } from '../src/lab/random.ts';
const stops = openStops('/tmp/exp/hart.db'); const zone = compileZone(stops.timezone)!; const runs = runsOf(stops, zone); const date = 20180516 as any;
const lists = new Map(stops.routeIds().map(r => [r, stops.tripsOn(r, date)]));
const seed=Number(process.argv[2]); const mode=process.argv[3]; const from=Number(process.argv[4]??0), n=Number(process.argv[5]??40);
const random = randomFrom(seed); const nonEmpty=[...lists.values()].filter(l=>l.length>0); const run = random.pick(random.pick(nonEmpty)!)!;
const block = stops.tripsOfBlock(run.blockId!, date); const at = block.findIndex(t=>t.tripId===run.tripId); const chain = block.slice(at, at+2).map(t=>stops.trip(t.tripId)!);
const receiver = {errorM:10, outlierShare:.05, gapS:60, gapEveryS:Number(process.env.GAP??600), speed: random.chance(.6)};
const events = drive({stops,zone,plane:runs.plane}, chain, date, {receiver, doorIds: process.env.NODOORS?[]:['1','2']}, random);
const position = followedPosition(stops, runs, mode==='open'?undefined:run.routeId) as any; const t0=events[0]!.atMs;
if (mode==='known') position.observe({kind:'driver',atMs:t0,tripId:chain[0]!.tripId}); if (mode?.startsWith('trip=')) position.observe({kind:'driver',atMs:t0,tripId:mode.slice(5)});
console.log('chain', chain.map(t=>[t.tripId,t.routeId,t.firstS,t.lastS, t.stopTimes[0]!.stopId, t.stopTimes.at(-1)!.stopId]));
let i=0; for (const e of events) { if(e.kind==='heard') position.observe(e.seen); if(i>=from&&i<from+n) console.log(new Date(e.atMs-4*3600e3).toISOString().slice(11,19), e.kind==='heard'?e.seen.kind+(e.seen.kind==='doors'?e.seen.open:'')+((e.seen as any).speedMps??''):'TAP', JSON.stringify(position.debug()).slice(0,420)); i++; }
if (process.env.DIST) { const {onPlane}=await import('../src/onboard/position/track/plane.ts'); const r=runs.ofTrip(chain[0]!.tripId, t0 as any)!; const p=r.path; let k=0; for (const e of events) if(e.kind==='heard'&&e.seen.kind==='fix'){ const q=onPlane(runs.plane,e.seen.lat,e.seen.lon); let b=1e9,c=-1; for(let i=0;i<p.cells;i++){const d=Math.hypot(p.x[i]!-q.x,p.y[i]!-q.y); if(d<b){b=d;c=i}} if(k++%5===0) console.log('D',new Date(e.atMs-4*3600e3).toISOString().slice(11,19), c, Math.round(b), e.seen.speedMps?.toFixed(1), e.seen.courseDeg?.toFixed(0), (Math.atan2(p.east[c]!,p.north[c]!)*57.3).toFixed(0)); } }
