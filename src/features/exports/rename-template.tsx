import { t } from '@lingui/core/macro';
import type { ExportTemplate } from '../../../core/api/export-template.ts';
import { RenameForm } from '../../components/rename-form.tsx';
import { useEventId } from '../events/use-event.ts';
import { usePutExportTemplate } from './api/change-export-templates.ts';

/** A template's name as a field, in its place. */
export function RenameTemplate({
  template,
  onDone,
}: {
  readonly template: ExportTemplate;
  readonly onDone: () => void;
}) {
  const put = usePutExportTemplate(useEventId());
  return (
    <RenameForm
      name={template.name}
      maxLength={100}
      rename={put}
      failure={t`The template was not renamed.`}
      onRename={(name) => put.mutate({ ...template, name }, { onSuccess: onDone })}
      onCancel={onDone}
    />
  );
}
