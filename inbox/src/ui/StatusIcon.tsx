import type { Status } from '../api/rows.ts';
import { Icon, type IconName } from './icons.tsx';

const names: Record<Status, IconName> = {
  PENDING: 'clock',
  SENT: 'tick',
  DELIVERED: 'ticks',
  READ: 'ticks',
  FAILED: 'cross',
};

/** Clock, one tick, two ticks, two blue ticks, red cross. The words are the caller's. */
export function StatusIcon({ status }: { status: Status }) {
  return (
    <span className="status-icon" data-status-icon={status}>
      <Icon name={names[status]} />
    </span>
  );
}
