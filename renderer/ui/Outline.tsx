import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockPause,
  IconLoader2,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import classes from './Outline.module.css';
import { stepIcons, unknownIcon } from './stepIcons.ts';

/** What became of a line; `not_taken` = the way led elsewhere. */
type Mark = 'success' | 'failed' | 'skipped' | 'waiting' | 'running' | 'pending' | 'not_taken';

interface Node {
  key: string;
  type: string;
  title: string;
  kind: string;
  detail: string;
  mark?: Mark | undefined;
  branches: { key: string; label: string; nodes: Node[]; taken?: boolean | undefined }[];
}

interface OutlineProps {
  nodes: readonly Node[];
  /** What the outline shows, for those who do not see it. */
  label: string;
  /** Words of a mark; needed where nodes carry marks. */
  markWords?: (mark: Mark) => string;
  /** Makes titles buttons. */
  onOpen?: (key: string) => void;
}

const marks = {
  success: IconCircleCheck,
  failed: IconCircleX,
  skipped: IconPlayerSkipForward,
  waiting: IconClockPause,
  running: IconLoader2,
  pending: IconCircleDashed,
  not_taken: IconCircleDashed,
} as const;

/** Steps as an indented outline that can be read at a glance: what each is, what it does, and the branches below it. */
export function Outline({ nodes, label, markWords, onOpen }: OutlineProps) {
  return (
    <ol className={classes.outline} aria-label={label}>
      {nodes.map((node) => (
        <Line key={node.key} node={node} markWords={markWords} onOpen={onOpen} />
      ))}
    </ol>
  );
}

type LineProps = Pick<OutlineProps, 'markWords' | 'onOpen'> & { node: Node };

function Line({ node, markWords, onOpen }: LineProps) {
  const Icon = stepIcons[node.type] ?? unknownIcon;
  const Mark = node.mark && marks[node.mark];
  return (
    <li className={classes.line} data-mark={node.mark}>
      <div className={classes.step}>
        <span className={classes.icon} aria-hidden="true">
          <Icon size={14} />
        </span>
        <div className={classes.words}>
          <span className={classes.title}>
            {onOpen && node.mark !== 'not_taken' && node.mark !== 'pending' ? (
              <button type="button" className={classes.open} onClick={() => onOpen(node.key)}>
                <bdi>{node.title}</bdi>
              </button>
            ) : (
              <bdi>{node.title}</bdi>
            )}
            <span className={classes.kind}>{node.kind}</span>
          </span>
          {node.detail !== '' && (
            <span className={classes.detail}>
              <bdi>{node.detail}</bdi>
            </span>
          )}
        </div>
        {Mark && node.mark && (
          <span className={classes.mark} data-mark={node.mark}>
            <Mark size={14} aria-hidden="true" />
            {markWords?.(node.mark)}
          </span>
        )}
      </div>
      {node.branches.map((branch) => (
        <div key={branch.key} className={classes.branch} data-taken={branch.taken}>
          <span className={classes.branchName}>{branch.label}</span>
          <ol className={classes.outline}>
            {branch.nodes.map((child) => (
              <Line key={child.key} node={child} markWords={markWords} onOpen={onOpen} />
            ))}
          </ol>
        </div>
      ))}
    </li>
  );
}
