import { chromium } from './engines.ts';
import { walk } from './walk.ts';

walk(chromium);
