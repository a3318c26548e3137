import { program } from './program.ts';
import { runProgram } from './run-program.ts';

await runProgram(program(), process.argv.slice(2));
