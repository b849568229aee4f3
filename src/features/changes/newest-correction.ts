import type { QueryClient } from '@tanstack/react-query';
import { askAndKeep } from '../../api/known-answers.ts';
import type { ChangeContent, WaitingChange } from '../../database/waiting-changes.ts';
import { correctionsQuery } from '../tickets/api/get-corrections.ts';

/** The same correction, over the one that the server has now. @throws {ApiProblem} where it cannot be asked. */
export async function newestCorrection(
  queryClient: QueryClient,
  { eventId, content }: WaitingChange,
): Promise<ChangeContent> {
  if (content.kind !== 'correct') return content;
  const known = await queryClient.fetchQuery({ ...correctionsQuery(eventId, content.batch, askAndKeep), staleTime: 0 });
  const newest = known.findLast(({ serial, column }) => serial === content.serial && column === content.column);
  return { ...content, basedOn: newest?.createdAt ?? null };
}
