import { existsSync } from 'node:fs';
import { openFeed } from '../src/gtfs/open-feed.ts';
import { importStops } from '../src/onboard/stops/import.ts';
import { openStops } from '../src/onboard/stops/stops.ts';
import { compileZone } from '../src/core/tariff/zone.ts';
import { runsOf } from '../src/onboard/position/track/runs.ts';
import { followedPosition } from '../src/onboard/position/followed.ts';
import { drive } from '../src/lab/drive/drive.ts';
import { randomFrom } from '../src/lab/random.ts';
import { judged, NO_TAPS } from '../src/lab/drive/judge.ts';
const FILE='/tmp/exp/hart.db';
if (!existsSync(FILE)) { const f = await openFeed('/work/shared/feeds/hart-tampa-bus-streetcar.zip'); await importStops(f, FILE); await f.close(); }
const stops = openStops(FILE); const zone = compileZone(stops.timezone)!;
const runs = runsOf(stops, zone);
const date = 20180516 as any;
const N = Number(process.argv[3] ?? 20); const mode = process.argv[2] ?? 'known'; const verbose = process.argv.includes('-v'); const seed0 = Number(process.argv.find(a=>a.startsWith('seed='))?.slice(5) ?? 1);
let v: any = NO_TAPS; let heard=0, ms=0;
const lists = new Map(stops.routeIds().map(r => [r, stops.tripsOn(r, date)]));
for (let i=0;i<N;i++){
  const seed = seed0*1000+i; const random = randomFrom(seed);
  const nonEmpty=[...lists.values()].filter(l=>l.length>0);
  const run = random.pick(random.pick(nonEmpty)!)!;
  const block = stops.tripsOfBlock(run.blockId!, date); const at = block.findIndex(t=>t.tripId===run.tripId);
  const chain = block.slice(at, at+2).map(t=>stops.trip(t.tripId)!);
  const receiver = {errorM:10, outlierShare:.05, gapS:60, gapEveryS:Number(process.env.GAP??600), speed: random.chance(.6)};
  const doorIds = mode.includes('nodoors')?[]:['1','2'];
  const events = drive({stops,zone,plane:runs.plane}, chain, date, {receiver, doorIds}, random);
  const routeOf = mode.startsWith('open')?undefined:run.routeId;
  const position = followedPosition(stops, runs, routeOf);
  const t0=events[0]!.atMs;
  let wrongTrip: any;
  if (mode.endsWith('known')) position.observe({kind:'driver',atMs:t0,tripId:chain[0]!.tripId});
  if (mode.startsWith('wrong')) {
    const kind = random.pick(['direction','route','other'])!;
    const cand = kind==='direction' ? runs.about(run.routeId,t0).filter(r=>r.trip.directionId!==run.directionId) : kind==='route' ? runs.about(random.pick([...lists.keys()].filter(r=>r!==run.routeId))!,t0) : runs.about(run.routeId,t0).filter(r=>r.trip.tripId!==run.tripId);
    const c = random.pick(cand); if(!c) continue; wrongTrip=c.trip;
    position.observe({kind:'driver',atMs:t0,tripId:c.trip.tripId});
  }
  if (process.env.COUNT) { const C=(globalThis as any).C ??= {n:0,h:0,c:0,e:0,big:0}; const o=position.observe.bind(position); position.observe=(x:any)=>{o(x); const d=(position as any).debug(); C.n++; C.h+=d.h.length; C.c+=d.h.reduce((a:number,y:any)=>a+y[3],0); C.e+=d.e; if(d.e>.05)C.big++; }; }
  const before=v; const b=process.cpuUsage();
  if (process.argv.includes('gap')) { let lastFix=0, lastOpen=0, seenV:any; 
   for (const e of events) { if(e.kind==='heard'){ if(e.seen.kind==='fix') lastFix=e.atMs; if(e.seen.kind==='doors'&&e.seen.open) {lastOpen=e.atMs;} position.observe(e.seen);} else { const gapAge=(lastOpen-lastFix)/1000; const p=position.placeAt(e.atMs); const h=(position as any).debug().h as any[]; const ti=e.truth.trip.stopTimes.findIndex((s:any)=>s.stopId===e.truth.stopId); const inGap=gapAge>8; const key=lastOpen+''; if(key===seenV) continue; seenV=key; const pt=h.filter(x=>x[1]===ti).reduce((a,x)=>a+x[4],0); const best=h.reduce((a,x)=>x[4]>a[4]?x:a,[0,'none',0,0,0]); const G=(globalThis as any).G ??= {in:{n:0,best:0,early:0,late:0,none:0,sump:0,sumbest:0,ll:0},out:{n:0,best:0,early:0,late:0,none:0,sump:0,sumbest:0,ll:0}}; const g=inGap?G.in:G.out; g.n++; g.sump+=pt; g.sumbest+=best[4]; g.ll+=Math.log(Math.max(1e-6,pt)); if(best[1]===ti) g.best++; else if(typeof best[1]==='number') best[1]<ti?g.early++:g.late++; else g.none++; } } }
  else if (verbose) {
    let tv=NO_TAPS as any;
    for (const e of events) { tv=judged(NO_TAPS, position,[e]); if(e.kind==='tap' && (process.argv.includes('all') || tv.wrong||tv.unknown||tv.surelyWrong)) { const p=position.placeAt(e.atMs) as any; const hs=(position as any).debug(); console.log(seed, run.routeId, run.tripId, new Date(e.atMs).toISOString().slice(11,19), 'truth',e.truth.trip.tripId,e.truth.stopId,e.truth.trip.stopTimes.findIndex((s:any)=>s.stopId===e.truth.stopId),'said',p.quality,p.source,p.tripId,p.stopId,p.stopSequence, JSON.stringify(hs), wrongTrip?.tripId ?? ''); }
      v={...v}; for(const k of Object.keys(v)) v[k]+=tv[k]; }
  } else v = judged(v, position, events);
  {const u=process.cpuUsage(b); ms+=(u.user+u.system)/1000;} heard+=events.length;
  if (mode.startsWith('wrong')&&verbose) console.log(seed,'wrong',wrongTrip.routeId,wrongTrip.directionId,'true',run.routeId,run.directionId,'instead',position.instead()?.tripId, 'truth', chain.map(t=>t.tripId));
}
console.log(mode, v, 'right%', (100*v.right/v.taps).toFixed(2),'unknown%',(100*v.unknown/v.taps).toFixed(2),'wrong%',(100*v.wrong/v.taps).toFixed(2),'surelyWrong/1000',(1000*v.surelyWrong/v.taps).toFixed(2),'certain%',(100*v.certain/v.taps).toFixed(1),'us/obs',(1000*ms/heard).toFixed(1));

console.log(JSON.stringify((globalThis as any).G));

const C=(globalThis as any).C; if(C) console.log('hyps',C.h/C.n,'cells',C.c/C.n,'elsewhere',C.e/C.n,'searching',C.big/C.n);
