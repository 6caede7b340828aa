using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace PhotoStudio.Api.Documentation;

/// <summary>What an endpoint says about itself for the OpenAPI document, where its signature does not.</summary>
internal static class EndpointDocumentation
{
    /// <summary>The body is a call of this operation: pictures in any form, and its parameters.</summary>
    public static TBuilder DocumentsCallOf<TBuilder>(this TBuilder endpoint, string operation)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CallBody(operation));

    /// <summary>The body is a call of any operation, which it names as <c>job_type</c>.</summary>
    public static TBuilder DocumentsJob<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CallBody(null));

    /// <summary>The body as this makes it, with the headers of every call.</summary>
    public static TBuilder DocumentsBody<TBuilder>(this TBuilder endpoint, Func<OpenApiDocument, OpenApiRequestBody> body)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyNote(body));

    /// <summary>An answer, as an example.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoint, int status, Func<JsonNode> example)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerExample(status, example));

    /// <summary>A query parameter that the handler reads by itself.</summary>
    public static TBuilder WithQuery<TBuilder>(this TBuilder endpoint, string name, string description, Func<JsonObject> schema)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new QueryNote(name, description, schema));

    /// <summary>The query of a list of pictures: <c>q</c> and <c>tag</c>.</summary>
    public static TBuilder WithSearch<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint
        .WithQuery(
            "q",
            "Words that each have to be the beginning of a word of the title, description, prompt, tags, style or file name; accents and case do not matter. `search` means the same.",
            () => new JsonObject { ["type"] = "string", ["maxLength"] = 200 })
        .WithQuery("tag", "Only pictures with this tag, by its slug or name.", () => new JsonObject { ["type"] = "string" });

    /// <summary>The query of a list: <c>page</c> and <c>page_size</c>.</summary>
    public static TBuilder WithPaging<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint
        .WithQuery("page", "Which page, from 1.", () => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["default"] = 1 })
        .WithQuery(
            "page_size",
            "Items a page.",
            () => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Core.PageRequest.MaxSize, ["default"] = 20 });
}

/// <summary>A body that calls an operation; the operation is null when the body names it.</summary>
internal sealed record CallBody(string? Operation);

/// <summary>A body that is described by itself.</summary>
internal sealed record BodyNote(Func<OpenApiDocument, OpenApiRequestBody> Body);

/// <summary>An example of an answer.</summary>
internal sealed record AnswerExample(int Status, Func<JsonNode> Example);

/// <summary>A query parameter.</summary>
internal sealed record QueryNote(string Name, string Description, Func<JsonObject> Schema);
