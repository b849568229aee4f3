import { z } from 'zod';
import { documentOptions } from '../text-options.ts';

export const xmlOptionsSchema = z.object(documentOptions);
export type XmlOptions = z.infer<typeof xmlOptionsSchema>;
