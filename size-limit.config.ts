import { budgetsOf, workerNames } from './scripts/budgets.ts';

export default budgetsOf('dist', workerNames('workers'));
