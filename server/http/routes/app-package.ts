import { Type } from 'typebox'
import { appPackageFileName } from '../../app-package/build-app-package.ts'
import { makeAppPackage } from '../../app-package/make-app-package.ts'
import type { Config } from '../../config.ts'
import { inLanguage } from '../../model/text.ts'
import { askedLanguage, tellLanguage } from '../asked-language.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import type { Who } from '../who.ts'

export interface AppPackageOptions {
  config: Parameters<typeof makeAppPackage>[0] & Pick<Config, 'publicUrl'>
  who: Who
}

const tags = ['administration']

/** The package that an administrator uploads to Teams, made for this server. */
export const appPackageRoutes: HttpPlugin<AppPackageOptions> = async (http, { config, who }) => {
  // Browsers send the console's session to the administration only.
  for (const path of ['/app-package.zip', '/api/admin/app-package.zip']) {
    http.get(
      path,
      {
        schema: {
          tags,
          summary: 'Download the Teams app package of this server',
          response: {
            200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary', description: 'A zip file.' }),
            ...problems('unauthenticated', 'forbidden', 'internal'),
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

  http.get(
    '/api/admin/app-package',
    {
      schema: {
        tags,
        summary: 'Read what the Teams app package of this server still lacks',
        description:
          'A package that Teams would refuse is not made: the problem says which settings to change.',
        response: {
          200: Type.Object({
            warnings: Type.Array(Type.String(), {
              description:
                'What Teams allows but which will disappoint someone there, each with the setting that mends it.',
            }),
          }),
          ...problems('unauthenticated', 'forbidden', 'internal'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const { warnings } = await makeAppPackage(config)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      return { warnings: warnings.map((warning) => inLanguage(warning, language)) }
    },
  )
}
