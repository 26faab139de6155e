import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleFilled,
  IconSquareFilled,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Anomalies.module.css';

const shapes = {
  critical: IconAlertOctagonFilled,
  high: IconAlertTriangleFilled,
  medium: IconSquareFilled,
  low: IconCircleFilled,
} as const;

function isSeverity(value: string): value is keyof typeof shapes {
  return Object.hasOwn(shapes, value);
}

/** How bad it is: a shape, a colour and the word. */
export function SeverityMark({ severity }: { severity: string }) {
  const { t } = useTranslation('anomalies');
  if (!isSeverity(severity)) return null;
  const Shape = shapes[severity];
  return (
    <span className={classes.severity} data-severity={severity}>
      <Shape size={12} aria-hidden="true" />
      {t(`severity.${severity}`)}
    </span>
  );
}
