import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Preparation, StepFault } from '#shared/domain/automation/steps/preparedStep.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { EvaluationReply, EvaluationTask } from './evaluationMessages.ts';

/** Why a process is no more: it ran out of memory, or `says` tells. */
export type ProcessEnd = { reason: 'memory' } | { reason: 'other'; says: string };

interface ProcessOptions {
  memoryMegabytes: number;
  onReady: () => void;
  onDone: (id: number, result: Result<Preparation, StepFault>) => void;
  /** Once, also after `kill`. */
  onEnd: (end: ProcessEnd) => void;
}

export interface EvaluationProcess {
  run: (task: EvaluationTask) => void;
  /** Milliseconds of processor time spent on the current task; undefined where the system does not tell. */
  spent: () => number | undefined;
  /** At once, whatever it is doing. */
  kill: () => void;
}

const entry = fileURLToPath(new URL('./evaluationMain.ts', import.meta.url));

/**
 * Starts a process that prepares steps. A process and not a thread: an allocation beyond a thread's memory limit ends the
 * whole server, and a long native call cannot be interrupted in a thread. It may write no file and start nothing, and it
 * sees no environment.
 */
export function startEvaluationProcess({ memoryMegabytes, onReady, onDone, onEnd }: ProcessOptions): EvaluationProcess {
  const child = fork(entry, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {},
    execArgv: [
      `--max-old-space-size=${memoryMegabytes}`,
      '--max-semi-space-size=8',
      '--disallow-code-generation-from-strings',
      '--permission',
      '--allow-fs-read=*',
    ],
  });
  let said = '';
  let ended = false;
  let usedBefore = 0;
  const end = (reason: ProcessEnd) => {
    if (ended) return;
    ended = true;
    onEnd(reason);
  };
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(0, 4000)));
  child.on('message', (reply: EvaluationReply) => {
    if (ended) return;
    usedBefore = reply.used;
    if (reply.type === 'ready') onReady();
    else onDone(reply.id, reply.result);
  });
  child.on('error', (error) => end({ reason: 'other', says: error.message }));
  child.on('close', (code, signal) => {
    const outOfMemory = said.includes('heap out of memory') || said.includes('invalid size error');
    if (outOfMemory || signal === 'SIGABRT') end({ reason: 'memory' });
    else end({ reason: 'other', says: `${signal ?? `code ${code}`} ${said.slice(0, 500)}`.trim() });
  });
  return {
    run: (task) => {
      // A process that dies meanwhile tells so by its end.
      if (child.connected) child.send(task, () => undefined);
    },
    spent: () => {
      const used = child.pid === undefined ? undefined : processorTime(child.pid);
      return used === undefined ? undefined : Math.max(0, used - usedBefore);
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** Linux only: user and system time of /proc/PID/stat, in hundredths of a second, behind the name in brackets. */
function processorTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return user === undefined || system === undefined ? undefined : (user + system) * 10;
  } catch {
    return undefined;
  }
}
