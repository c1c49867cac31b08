import { Type } from 'typebox'
import { appPackageFileName } from '../../app-package/build-app-package.ts'
import { makeAppPackage } from '../../app-package/make-app-package.ts'
import type { Config } from '../../config.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import type { Who } from '../who.ts'

export interface AppPackageOptions {
  config: Parameters<typeof makeAppPackage>[0] & Pick<Config, 'publicUrl'>
  who: Who
}

/** The package that an administrator uploads to Teams, made for this server. */
export const appPackageRoutes: HttpPlugin<AppPackageOptions> = async (http, { config, who }) => {
  http.get(
    '/app-package.zip',
    {
      schema: {
        tags: ['administration'],
        summary: 'Download the Teams app package of this server',
        response: {
          200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary', description: 'A zip file.' }),
          ...problems('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const { zip } = await makeAppPackage(config)
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="${appPackageFileName}"`)
        .send(Buffer.from(zip))
    },
  )
}
