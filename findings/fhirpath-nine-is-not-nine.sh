#!/bin/sh
# A service that opens at 09:00:00 is not open by 09:00, says FHIRPath, and one open on two days is not open on Mondays.
#
# Packages:  fhirpath@5.2.2, @atomic-ehr/fhirpath@0.1.4
# Expected:  where(availableStartTime <= @T09:00) keeps a service that opens at nine; where(daysOfWeek = 'mon') keeps
#            one that has Monday among its days.
# Seen:      A comparison of times of unequal precision is neither true nor false but empty, and where() drops what is
#            empty; so the standard has it (FHIRPath, 6.2 Comparison), and both libraries. A time in FHIR always has
#            seconds, so @T09:00 never meets it at that minute; a minute later or earlier it works, and so do most
#            tries. daysOfWeek = 'mon' holds only where Monday is the one day (6.1 Equality). fhirpath without the
#            model of R4 takes the time for text.
# Matters:   Filters on HealthcareService.availableTime lose the services that open on the hour, which is nearly all of
#            them, and those that open on more than one day.
# Instead:   Write @T09:00:00, and 'mon' in daysOfWeek; hand the R4 model in.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts fhirpath@5.2.2 @atomic-ehr/fhirpath@0.1.4
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { evaluate as atomic } from '@atomic-ehr/fhirpath';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

const service = {
  resourceType: 'HealthcareService',
  availableTime: [{ daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00:00', availableEndTime: '17:00:00' }],
};
const kept = (condition) => {
  const [found] = fhirpath.evaluate(service, `HealthcareService.availableTime.where(${condition}).exists()`, null, r4);
  console.log(condition.padEnd(36), found ? 'kept' : 'left out');
  return found;
};
assert.equal(kept('availableStartTime <= @T09:00'), false);
assert.equal(kept('availableStartTime <= @T09:01'), true);
assert.equal(kept('availableStartTime <= @T09:00:00'), true);
assert.equal(kept("daysOfWeek = 'mon'"), false);
assert.equal(kept("'mon' in daysOfWeek"), true);
const compared = [await atomic('@T09:00:00 <= @T09:00', {}), fhirpath.evaluate({}, '@T09:00:00 <= @T09:00')];
console.log('@T09:00:00 <= @T09:00', compared);
assert.deepEqual(compared, [[], []]);
JS
node seen.mjs
