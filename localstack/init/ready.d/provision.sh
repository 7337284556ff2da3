#!/bin/sh
# Creates missing tables and queues from infra's CloudFormation. LocalStack runs this after every start, because it
# does not persist data. Existing resources stay unchanged.
set -eu

infra=${INFRA_DIR:-/opt/incident-platform/infra}
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
name=incident-platform-local # custom.names of serverless.yml, on stage local
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION="${AWS_REGION:-eu-central-1}"

cloudformation() {
  aws --endpoint-url "$endpoint" cloudformation "$@"
}

status_of() {
  cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>/dev/null || true
}

# create <stack> <template>: polls itself, because the CLI would only poll every 30 seconds
create() {
  cloudformation create-stack --stack-name "$1" --template-body "file://$2" >/dev/null
  for _ in $(seq 60); do
    case $(status_of "$1") in
      CREATE_COMPLETE) return ;;
      *FAILED | ROLLBACK*) break ;;
      *) sleep 0.5 ;;
    esac
  done
  cloudformation describe-stack-events --stack-name "$1" --output table >&2
  return 1
}

template=$(mktemp)
trap 'rm -f "$template"' EXIT
for part in tables queues; do
  sed "s/\${self:custom\.names\.[a-z]*}/$name/" "$infra/stack/$part.yml" >"$template"
  # shellcheck disable=SC2016 # a variable that only serverless resolves
  if grep -n '\${' "$template" >&2; then
    echo "infra/stack/$part.yml has a variable that is not known here" >&2
    exit 1
  fi
  [ "$(status_of "$name-$part")" = CREATE_COMPLETE ] || create "$name-$part" "$template"
  echo "$name-$part is there"
done
