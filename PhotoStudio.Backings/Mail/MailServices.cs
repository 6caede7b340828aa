using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Backings.Mail;

/// <summary>Chooses how letters leave: a server when one is named, a folder when one is named or in Development, else not at all.</summary>
internal static class MailServices
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptions.Validator>();
        services.AddSingleton<IMailSender>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>();
            if (!string.IsNullOrEmpty(options.Value.Host)) return new SmtpMailSender(options);
            if (!string.IsNullOrEmpty(options.Value.Folder)) return new FolderMailSender(options.Value.Folder, options.Value.From);
            return provider.GetRequiredService<IHostEnvironment>().IsProduction()
                ? new NoMailSender()
                : new FolderMailSender(provider.GetRequiredService<StudioFolder>().Mail, options.Value.From);
        });
    }
}
