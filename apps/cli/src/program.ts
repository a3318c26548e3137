import { Command } from 'commander';
import { attackCommand } from './commands/attack.ts';
import { auditCommand } from './commands/audit.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { escapeCommand } from './commands/escape.ts';
import { explainCommand } from './commands/explain.ts';
import { fidelityCommand } from './commands/fidelity.ts';
import { improveCommand } from './commands/improve.ts';
import { generateCommand } from './commands/generate.ts';
import { guardCommand } from './commands/guard.ts';
import { ingestCommand } from './commands/ingest.ts';
import { mcpCommand } from './commands/mcp.ts';
import { policyCommand } from './commands/policy.ts';
import { recordCommand } from './commands/record.ts';
import { runCommand } from './commands/run.ts';
import { runnerCommand } from './commands/runner.ts';
import { serveCommand } from './commands/serve.ts';
import { suiteCommand } from './commands/suite.ts';
import { synthCommand } from './commands/synth.ts';
import { tasksCommand } from './commands/tasks.ts';
import { trainCommand } from './commands/train.ts';
import { workCommand } from './commands/work.ts';
import { version } from './version.ts';

const ending = `
A first path:
  $ backlot record http://localhost:8080 --out logs
  $ backlot synth logs --out clone
  $ backlot serve clone --port 4000
  $ backlot tasks clone --n 20 --out suite
  $ backlot run --suite suite --agent oracle

Exit codes: 0 done, 1 done but a threshold or gate failed, 2 bad use or input, 130 interrupted.
Set BACKLOT_DEBUG=1 for stack traces, BACKLOT_CHROMIUM for the browser to use.`;

/** The backlot command. Commands load what they need when they run. */
export function program(): Command {
  const root = new Command('backlot')
    .description('Turns recorded sessions of a web application into a world where computer-use agents practise safely.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this, or the help of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', ending);
  const commands = [
    recordCommand(),
    ingestCommand(),
    synthCommand(),
    explainCommand(),
    serveCommand(),
    workCommand(),
    tasksCommand(),
    suiteCommand(),
    runCommand(),
    trainCommand(),
    runnerCommand(),
    mcpCommand(),
    generateCommand(),
    fidelityCommand(),
    improveCommand(),
    guardCommand(),
    attackCommand(),
    policyCommand(),
    auditCommand(),
    escapeCommand(),
    doctorCommand(),
    demoCommand(),
  ];
  for (const each of commands) root.addCommand(throwing(each));
  return throwing(root);
}

/** Errors come back to the caller, who decides about the exit code. */
function throwing(command: Command): Command {
  for (const part of command.commands) throwing(part);
  return command
    .exitOverride()
    .configureHelp({ helpWidth: 110, showGlobalOptions: false })
    .showHelpAfterError('(add --help for how to use it)');
}
