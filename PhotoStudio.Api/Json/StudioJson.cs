using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PhotoStudio.Api.Json;

/// <summary>How the Api writes JSON: snake_case members, and types known at compile time.</summary>
public static class StudioJson
{
    /// <summary>Sets the conventions. Each feature adds its own source-generated context with <see cref="AddJsonContext"/>.</summary>
    internal static void AddStudioJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(options =>
    {
        var json = options.SerializerOptions;
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DictionaryKeyPolicy = null;
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.NumberHandling = JsonNumberHandling.Strict;
    });

    /// <summary>Adds a feature's contracts. They are looked up before reflection is.</summary>
    public static IServiceCollection AddJsonContext(this IServiceCollection services, IJsonTypeInfoResolver context) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, context));
}
