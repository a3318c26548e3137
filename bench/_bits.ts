import { readClone } from '@backlot/sandbox';
import { readLogs } from '@backlot/logs';
import { canonical } from '@backlot/synth';
import { learnWork } from '@backlot/workflow';
import { writeFileSync, readFileSync } from 'node:fs';
import { heldOutBits } from '../packages/workflow/src/bits.ts';
import { learnMixed } from '../packages/workflow/src/mixed-model.ts';
import { observeSession } from '../packages/workflow/src/observed.ts';
import { sequencesOf, trainingSequences } from '../packages/workflow/src/sequences.ts';
const [clone,logs,test,re]=process.argv.slice(2);
const {world}=await readClone(clone!);
let work:any;
if(re){const {sessions}=await readLogs(logs!);work=learnWork(world,sessions,canonical);writeFileSync(clone+'/work.json',JSON.stringify(work,null,2)+'\n');}
else work=JSON.parse(readFileSync(clone+'/work.json','utf8'));
const held=(await readLogs(test!)).sessions.map(s=>observeSession(world,s,canonical));
const train=trainingSequences(work), seqs=sequencesOf(world,work,held);
let t=Date.now();console.log(heldOutBits(train,seqs,work.symbols.length),Date.now()-t);
console.log(learnMixed(train,work.symbols.length).weights);
