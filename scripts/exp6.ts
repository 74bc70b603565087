import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { drive } from '../src/lab/drive/drive.ts';
import { randomFrom } from '../src/lab/random.ts';
import { observe } from '../src/onboard/position/track/observe.ts';
import { NEW_TRACK } from '../src/onboard/position/track/track.ts';
const stops = openStops('/tmp/exp/hart.db'); const zone = compileZone(stops.timezone)!; const runs = runsOf(stops, zone);
const date = 20180516 as any; const random=randomFrom(7);
const lists = stops.routeIds().map(r => stops.tripsOn(r, date)).filter(l=>l.length>0);
const times:number[]=[]; let cpu=0,n=0;
for (let i=0;i<12;i++){ const run=random.pick(random.pick(lists)!)!; const block = stops.tripsOfBlock(run.blockId!, date); const at = block.findIndex(t=>t.tripId===run.tripId);
 const chain = block.slice(at, at+2).map(t=>stops.trip(t.tripId)!);
 const events = drive({stops,zone,plane:runs.plane}, chain, date, {receiver:{errorM:10, outlierShare:.05, gapS:60, gapEveryS:1800, speed: i%2===0}, doorIds:['1']}, random);
 let track = observe(NEW_TRACK, process.argv[2]==='route'?{kind:'driver',atMs:events[0]!.atMs,routeId:run.routeId}:{kind:'driver',atMs:events[0]!.atMs,tripId:run.tripId}, runs);
 const c=process.cpuUsage();
 for (const e of events) if (e.kind==='heard') { const b=performance.now(); track=observe(track,e.seen,runs); if(i>2) times.push((performance.now()-b)*1000); n++; }
 const u=process.cpuUsage(c); if(i>2) cpu+=u.user+u.system; else n=0; }
times.sort((a,b)=>a-b); console.log('cpu us/obs',cpu/n,'wall', [.5,.9,.99,.999].map(q=>times[Math.floor(times.length*q)]!.toFixed(1)).join(' '), 'max',times.at(-1)!.toFixed(0));
