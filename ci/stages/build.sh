#!/usr/bin/env bash
# Builds bundles and packages for deployment, and images of this commit if Docker is running.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=$PIPELINE_STATE/package
stage=$DEPLOY_STAGE
if [ "$stage" = local ]; then stage=prod; fi
do_or "a bundle can't be built: npm run build -- --deploy" npm run --silent build -- --deploy
do_or "serverless can't package" npm exec --no -- serverless package --stage "$stage" --package "$package"
du -ch "$package"/*.zip | tail -n 1

if ! docker info >/dev/null 2>&1; then
  note "no Docker engine here: images were not built"
elif [ -f docker-compose.yml ]; then
  IMAGE_TAG=$(git rev-parse --short=12 HEAD)
  export IMAGE_TAG
  do_or "an image can't be built: docker compose build" docker compose build
  echo "Images are tagged $IMAGE_TAG."
fi
