using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>Brings the studio's own styles in before it answers anybody.</summary>
internal sealed partial class StyleSeeder(IStyleStore styles, ILogger<StyleSeeder> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var changed = await styles.SeedAsync(StyleCatalogue.Own, cancellationToken);
        if (changed > 0) LogSeeded(changed);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Styles} styles of the catalogue were added or brought up to date")]
    private partial void LogSeeded(int styles);
}
