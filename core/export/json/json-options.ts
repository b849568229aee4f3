import { z } from 'zod';
import { documentOptions } from '../text-options.ts';

export const jsonOptionsSchema = z.object(documentOptions);
export type JsonOptions = z.infer<typeof jsonOptionsSchema>;
