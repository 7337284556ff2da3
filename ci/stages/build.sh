#!/usr/bin/env bash
# Builds bundles and packages for deployment, and images of this commit if Docker is running.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=$PIPELINE_STATE/package
stage=$DEPLOY_STAGE
if [ "$stage" = local ]; then stage=prod; fi
do_or "building the bundles failed: npm run build -- --deploy" npm run --silent build -- --deploy
do_or "packaging failed: serverless package" npm exec --no -- serverless package --stage "$stage" --package "$package"
du -ch "$package"/*.zip | tail -n 1

if ! docker info >/dev/null 2>&1; then
  note "Docker is not running: images were not built"
elif [ -f docker-compose.yml ]; then
  IMAGE_TAG=$(git rev-parse --short=12 HEAD)
  export IMAGE_TAG
  do_or "building an image failed: docker compose build" docker compose build
  echo "Images are tagged $IMAGE_TAG."
fi
