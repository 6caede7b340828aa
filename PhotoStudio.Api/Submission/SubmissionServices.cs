using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.Submission;

/// <summary>Wires how operations are called.</summary>
internal static class SubmissionServices
{
    public static void AddSubmission(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SubmissionOptions>()
            .Bind(builder.Configuration.GetSection("Studio:Submission"))
            .Validate(
                options => options.MaxWait > TimeSpan.Zero && options.MaxWait <= TimeSpan.FromHours(1),
                "Studio:Submission:MaxWait must be longer than zero and at most an hour.")
            .Validate(
                options => options.PollInterval >= TimeSpan.FromMilliseconds(10),
                "Studio:Submission:PollInterval must be at least 10 ms.")
            .ValidateOnStart();

        services.AddJsonContext(JobJson.Default);
        services.AddScoped<OperationCalls>();
        services.AddScoped<DirectCalls>();
        services.AddScoped<CallReader>();
        services.AddScoped<CallAnswers>();
        services.AddScoped<UploadKeeper>();
        services.AddScoped<JobWaiter>();
        services.AddScoped<JobAnnouncer>();
        services.AddScoped<JobPresenter>();
        services.AddScoped<JobLinks>();
        services.AddScoped<PromptRefining>();
    }
}
