import { Stepper } from '@mantine/core';

interface StepBarProps {
  readonly active: number;
  readonly onBack?: () => void;
}

/** Where one is: what, check, run. */
export function StepBar({ active, onBack }: StepBarProps) {
  return (
    <Stepper
      active={active}
      size="sm"
      allowNextStepsSelect={false}
      wrap={false}
      {...(onBack && { onStepClick: onBack })}
    >
      {['What', 'Check', 'Run'].map((label) => (
        <Stepper.Step
          key={label}
          label={label}
          allowStepSelect={onBack !== undefined && label === 'What' && active > 0}
        />
      ))}
    </Stepper>
  );
}
