import { useQuery } from '@tanstack/react-query';
import type { ExportTemplate } from '../../../core/api/export-template.ts';
import { meQuery } from '../session/api/get-me.ts';
import { exportTemplatesQuery } from './api/get-export-templates.ts';

export interface Templates {
  /** `undefined` until they are read. */
  readonly templates: readonly ExportTemplate[] | undefined;
  /** Whether this person may save and change them. */
  readonly canChange: boolean;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The event's templates; as this device last knew them while the server does not answer. */
export function useTemplates(eventId: string): Templates {
  const { data: me } = useQuery(meQuery);
  const canChange = me?.role === 'admin' || me?.role === 'coordinator';
  const { data, error, refetch } = useQuery({ ...exportTemplatesQuery(eventId), enabled: canChange });
  const templates = canChange ? data : [];
  return { templates, canChange, error: templates === undefined ? error : null, refetch };
}
